"""Scoring: those who sit there score; those with a part in it do not, and that is recorded."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import packet, scoring_rules
from klynge.web.funds.models import Declaration, Score, Stance
from klynge.web.funds.tests.builders import (
    KR,
    a_call,
    a_sent,
    a_sitting_member,
    an_organisation,
)
from klynge.web.funds.tests.test_pages import _text

pytestmark = pytest.mark.django_db


def _points(application, *points: int):
    return dict(zip(application.call.criteria.all(), points, strict=True))


def _score(user, application, *points: int):
    return scoring_rules.score(
        by=user, application=application, points=_points(application, *points), comments={}
    )


def _packet(call, user=None, person=None):
    return packet.of_call(call, person, user or a_secretary())


def test_the_mean_is_weighed_by_the_criteria():
    sent = a_sent()
    for points in ((5, 2), (4, 5)):
        user, _person = a_sitting_member()
        _score(user, sent, *points)

    (judged,) = _packet(sent.call).judged
    assert judged.scorers == 2
    assert float(judged.points) == pytest.approx((2 * 4.5 + 3.5) / 3)


def test_scoring_again_replaces_the_earlier_points():
    sent = a_sent()
    user, _person = a_sitting_member()
    _score(user, sent, 1, 1)
    _score(user, sent, 5, 5)

    assert sorted(each.points for each in Score.objects.all()) == [5, 5]


def test_one_who_sits_for_the_applicant_does_not_score_and_it_is_recorded(client):
    sent = a_sent()
    user, person = a_sitting_member(represents=an_organisation())
    client.force_login(user)
    form = {f"point-{one.pk}": "5" for one in sent.call.criteria.all()}
    response = client.post(f"/midler/ansoegning/{sent.pk}/vurder/", form)

    assert response.status_code == 422
    assert "Repræsenterer ansøgeren, Randers Kommune" in _text(response)
    assert not Score.objects.exists()
    declared = Declaration.objects.get()
    assert (declared.person, declared.declared) == (person, False)
    (judged,) = _packet(sent.call).judged
    assert [each.person for each in judged.declarations] == [person]


def test_one_who_works_on_the_application_does_not_score():
    user, _person = a_sitting_member()
    sent = a_sent(by=user)

    with pytest.raises(NotAllowed, match=r"inhabil.*Arbejder på ansøgningen"):
        _score(user, sent, 5, 5)


def test_one_who_declares_it_does_not_score_and_what_they_scored_no_longer_counts(client):
    sent = a_sent()
    user, _person = a_sitting_member()
    _score(user, sent, 5, 5)
    client.force_login(user)
    client.post(f"/midler/ansoegning/{sent.pk}/inhabil/", {"reason": "Min søster søger"})

    assert not Score.objects.exists()
    with pytest.raises(NotAllowed, match="Min søster søger"):
        _score(user, sent, 5, 5)
    page = _text(client.get(f"/midler/ansoegning/{sent.pk}/"))
    assert "Du er inhabil og vurderer ikke denne ansøgning" in page


def test_the_secretariat_records_what_the_body_found():
    sent = a_sent()
    user, person = a_sitting_member()
    scoring_rules.declare_for(by=None, person=person, application=sent, reason="Klyngens møde")

    with pytest.raises(NotAllowed, match="inhabil"):
        _score(user, sent, 1, 1)


def test_a_member_without_a_seat_there_does_not_score(client):
    sent = a_sent()
    client.force_login(a_member())

    assert client.get(f"/midler/ansoegning/{sent.pk}/vurder/").status_code == 403
    with pytest.raises(NotAllowed, match="Kun medlemmer af det organ"):
        _score(a_member(), sent, 1, 1)


def test_one_who_sits_for_a_partner_is_asked_to_consider_it(client):
    partner = an_organisation("Hospitalet")
    sent = a_sent(partners=[{"organisation": "Hospitalet", "own_money": 0}])
    user, _person = a_sitting_member(represents=partner)
    client.force_login(user)
    page = _text(client.get(f"/midler/ansoegning/{sent.pk}/vurder/"))

    assert "Du repræsenterer en part i projektet: Hospitalet" in page
    assert _score(user, sent, 3, 3)


@pytest.mark.parametrize(("points", "reason"), [((5,), "Giv point for"), ((5, 6), "fra 0 til 5")])
def test_points_that_are_missing_or_off_the_scale_are_refused(points, reason):
    sent = a_sent()
    user, _person = a_sitting_member()
    given = dict(zip(sent.call.criteria.all(), points, strict=False))

    with pytest.raises(NotAllowed, match=reason):
        scoring_rules.score(by=user, application=sent, points=given, comments={})
    assert not Score.objects.exists()


def test_an_application_is_scored_on_the_page(client):
    sent = a_sent()
    user, _person = a_sitting_member()
    client.force_login(user)
    page = f"/midler/ansoegning/{sent.pk}/vurder/"
    first, second = sent.call.criteria.all()

    assert client.post(page, {f"point-{first.pk}": "4"}).status_code == 422
    form = {f"point-{first.pk}": "4", f"point-{second.pk}": "2", f"note-{first.pk}": "Fint"}
    client.post(page, form)
    assert [(each.points, each.comment) for each in Score.objects.all()] == [(4, "Fint"), (2, "")]


def test_members_agree_and_disagree_and_a_new_recommendation_clears_it(client):
    sent = a_sent()
    user, _person = a_sitting_member("Enig Enigsen")
    client.force_login(user)
    page = f"/midler/ansoegning/{sent.pk}/stilling/"
    client.post(page, {"agrees": "ja"})
    assert not Stance.objects.exists()
    scoring_rules.recommend(by=None, application=sent, amount=100 * KR, text="Godt")
    client.post(page, {"agrees": "nej"})
    assert not Stance.objects.exists()
    client.post(page, {"agrees": "nej", "comment": "For dyrt"})
    packet_page = f"/midler/runde/{sent.call_id}/beslutningsoplaeg/"
    assert "Uenig: Enig Enigsen: For dyrt" in _text(client.get(packet_page))
    client.post(page, {"agrees": "ja"})
    assert "Enige: Enig Enigsen" in _text(client.get(packet_page))

    scoring_rules.recommend(by=None, application=sent, amount=50 * KR, text="Mindre")
    assert not Stance.objects.exists()


def test_one_with_a_part_in_it_takes_no_stance():
    sent = a_sent()
    user, _person = a_sitting_member(represents=an_organisation())
    scoring_rules.recommend(by=None, application=sent, amount=100 * KR, text="Godt")
    scoring_rules.declare(by=user, application=sent, reason="Ansøger")

    with pytest.raises(NotAllowed, match="inhabil"):
        scoring_rules.take_stance(by=user, application=sent, agrees=True, comment="")


def test_the_packet_tells_combinations_sums_and_what_is_recommended(client):
    call = a_call(amount=500_000 * KR)
    one = a_sent(call, title="En", asked=300_000 * KR)
    two = a_sent(call, title="To", asked=200_000 * KR)
    a_sent(call, title="Tre", asked=250_000 * KR)
    user, _person = a_sitting_member()
    _score(user, one, 5, 5)
    _score(user, two, 3, 3)
    for sent in (one, two):
        scoring_rules.recommend(by=None, application=sent, amount=sent.requested, text="Godt")
    made = _packet(call)

    assert [
        ([each.title for each in option.applications], option.left) for option in made.options
    ] == [(["En", "To"], 0), (["To", "Tre"], 50_000 * KR)]
    assert [option.is_recommended for option in made.options] == [True, False]
    assert (made.recommended, made.left, made.missing) == (500_000 * KR, 0, 1)
    client.force_login(a_secretary())
    text = _text(client.get(f"/midler/runde/{call.pk}/beslutningsoplaeg/"))
    assert "1 ansøgning mangler en indstilling." in text


def test_a_recommendation_is_written_on_the_page_and_never_above_what_is_applied_for(client):
    sent = a_sent(asked=100_000 * KR)
    client.force_login(a_secretary())
    page = f"/midler/ansoegning/{sent.pk}/indstil/"

    over = client.post(page, {"amount": "100.001", "text": "Godt"})
    assert "op til det, der er søgt" in _text(over)
    client.post(page, {"amount": "90.000", "text": "Godt"})
    assert sent.recommendation.amount == 90_000 * KR


def test_more_recommended_than_there_is_is_told(client):
    call = a_call(amount=250_000 * KR)
    for sent in (a_sent(call), a_sent(call)):
        scoring_rules.recommend(by=None, application=sent, amount=sent.requested, text="Godt")
    client.force_login(a_secretary())

    text = _text(client.get(f"/midler/runde/{call.pk}/beslutningsoplaeg/")).replace("\xa0", " ")
    assert "Der er indstillet 400.000 kr.: 150.000 kr. mere, end der er." in text
