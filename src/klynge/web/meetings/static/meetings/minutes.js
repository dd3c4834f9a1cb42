// Comfort for those who keep the minutes: keys for attendance, and a warning before what was
// written is left behind. Everything works without it.
"use strict";

const KEYS = { t: "present", a: "excused", u: "absent" };

function keysForAttendance() {
  const list = document.querySelector(".m-attendance");
  const told = document.querySelector(".m-keys");
  if (!list || !told) return;
  told.hidden = false;
  list.addEventListener("keydown", (event) => {
    const person = event.target.closest("[data-person]");
    const value = KEYS[event.key.toLowerCase()];
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!person || !value || !plain || event.target.type !== "radio") return;
    const radio = person.querySelector(`input[type=radio][value=${value}]`);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const people = [...list.querySelectorAll("[data-person]")];
    const next = people[people.indexOf(person) + 1];
    const target = next
      ? next.querySelector("input[type=radio]:checked") || next.querySelector("input[type=radio]")
      : radio;
    target.focus();
  });
}

function warnBeforeLeaving() {
  let unsaved = false;
  document.querySelectorAll("form[data-warn]").forEach((form) => {
    form.addEventListener("input", () => { unsaved = true; });
    form.addEventListener("submit", () => { unsaved = false; });
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}

keysForAttendance();
warnBeforeLeaving();
