// Runs before the page is drawn: says that there is script, so that the menu may fold.
document.documentElement.classList.add("js");
