// Comfort for those who keep the minutes: keys for attendance, and a warning before what was
// written is left behind. Everything works without it.
"use strict";

const PAUSE = 3000;
const AGAIN = 10000;
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

// What is written is kept as the writer's own draft a moment after they pause, and again and again
// until the connection is back. Saving is another thing: it goes by the version, as without script.
function keepDraft() {
  const form = document.querySelector("form[data-draft]");
  const told = document.querySelector(".m-drafted");
  if (!form || !told) return;
  let waiting = 0;
  let leaving = false;
  const later = (ms) => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(send, ms);
  };
  async function send() {
    if (leaving) return;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
      });
      if (answer.redirected || answer.status === 403) {
        told.textContent = told.dataset.out;
        later(AGAIN);
      } else if (answer.ok) {
        told.textContent = `${told.dataset.kept} ${(await answer.json()).at}`;
      } else if (answer.status === 409) {
        told.textContent = (await answer.json()).why;
      } else {
        later(AGAIN);
      }
    } catch {
      told.textContent = told.dataset.lost;
      later(AGAIN);
    }
  }
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("submit", () => {
    leaving = true;
    window.clearTimeout(waiting);
  });
}

keysForAttendance();
keepDraft();
warnBeforeLeaving();
