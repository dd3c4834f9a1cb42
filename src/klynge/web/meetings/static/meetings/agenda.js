// Dragging an item to another place on the agenda. The arrows beside it do the same without script.
"use strict";

(function () {
  const form = document.getElementById("orden");
  if (!form) return;
  const list = form.querySelector(".m-agenda");
  const told = document.getElementById("orden-sagt");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let dragged = null;

  const movable = () => [...list.querySelectorAll("[data-movable]")];

  function clear() {
    list.querySelectorAll(".m-over").forEach((each) => each.classList.remove("m-over"));
  }

  async function save() {
    const body = new URLSearchParams({ order: movable().map((each) => each.dataset.pk).join(",") });
    const response = await fetch(form.dataset.reorder, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body,
    });
    const answer = await response.json().catch(() => ({ told: "" }));
    if (told) told.textContent = answer.told;
    // The numbers, the times and the arrows follow from the order: the server writes them.
    window.location.reload();
  }

  movable().forEach((item) => {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      item.classList.add("m-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.pk);
    });
    item.addEventListener("dragend", () => {
      item.classList.remove("m-dragged");
      clear();
      dragged = null;
    });
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      clear();
      item.classList.add("m-over");
    });
    item.addEventListener("drop", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      const rows = movable();
      const down = rows.indexOf(dragged) < rows.indexOf(item);
      item[down ? "after" : "before"](dragged);
      clear();
      save();
    });
  });
})();
