"""The open zone's workspace: a Django project with one room (app) a subject.

Rooms point one way: site -> figures -> bodies -> accounts -> audit. What every room stands on
(the chosen date, the page frame) is set by middleware as `request.on` and `site/base.html`.
"""
