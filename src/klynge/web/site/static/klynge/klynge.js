// The little that pages need beyond HTML: the menu on narrow screens, and the two maps pointing at
// the same place. Everything works without it.
"use strict";

function foldMenu() {
  const button = document.querySelector(".k-menubutton");
  if (!button) return;
  const header = button.closest(".k-header");
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = header.classList.toggle("k-open");
    button.setAttribute("aria-expanded", String(open));
  });
  header.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !header.classList.contains("k-open")) return;
    header.classList.remove("k-open");
    button.setAttribute("aria-expanded", "false");
    button.focus();
  });
}

function pointOut(from) {
  const mark = (selector, name, on) =>
    document.querySelectorAll(selector).forEach((one) => one.classList.toggle(name, on));
  mark(".k-same", "k-same", false);
  mark("a.k-pointed, path.k-pointed", "k-pointed", false);
  const line = document.getElementById("k-pointed");
  if (!from) {
    if (line) line.textContent = line.dataset.empty;
    if (line) line.classList.remove("k-named");
    return;
  }
  const places = (from.dataset.places || "").trim().split(/\s+/).filter(Boolean);
  places.forEach((place) => mark(`[data-places~="${CSS.escape(place)}"]`, "k-same", true));
  if (from.dataset.kommune) mark(`[data-kommune="${from.dataset.kommune}"]`, "k-pointed", true);
  const tile = document.querySelector(`.k-tile[data-kommune="${from.dataset.kommune}"]`);
  if (line && tile) line.textContent = tile.dataset.name;
  if (line) line.classList.toggle("k-named", Boolean(tile));
}

function joinMaps() {
  const things = ".k-tile, .k-outlines path[data-kommune], .k-places > li[data-places]";
  document.querySelectorAll(things).forEach((one) => {
    one.addEventListener("mouseenter", () => pointOut(one));
    one.addEventListener("mouseleave", () => pointOut(null));
    one.addEventListener("focusin", () => pointOut(one));
    one.addEventListener("focusout", () => pointOut(null));
  });
  // The outlines repeat the tiles, which are links; for the mouse they are a short cut.
  document.querySelectorAll(".k-outlines path[data-address]").forEach((one) => {
    one.addEventListener("click", () => window.location.assign(one.dataset.address));
  });
}

foldMenu();
joinMaps();
if (window.DKFDS) window.DKFDS.init(document);
document.addEventListener("htmx:after:swap", (event) => {
  if (window.DKFDS) window.DKFDS.init(event.target);
});
