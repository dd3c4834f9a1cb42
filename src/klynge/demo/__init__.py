"""From nothing to a workspace in the browser: invented registers, a data pack, a demo site."""
