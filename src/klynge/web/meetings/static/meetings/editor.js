// Makes an editor of each field with data-editor: what is seen is what is written. What comes from
// Word is cut down to the few tags the server keeps. Without script the field takes light markup.
"use strict";

(function () {
  const danish = document.documentElement.lang !== "en";
  const say = (da, en) => (danish ? da : en);
  const KEPT = new Set(
    "P BR STRONG EM U S SUB SUP UL OL LI H3 H4 BLOCKQUOTE A TABLE CAPTION THEAD TBODY TR TH TD".split(" ")
  );
  const RENAMED = { B: "STRONG", I: "EM", H1: "H3", H2: "H3", H5: "H4", H6: "H4", DIV: "P" };
  const DROPPED = new Set("SCRIPT STYLE TITLE HEAD META LINK XML OBJECT IFRAME".split(" "));
  const TOOLS = [
    ["bold", "F", say("Fed", "Bold")],
    ["italic", "K", say("Kursiv", "Italic")],
    ["insertUnorderedList", "•", say("Punktopstilling", "Bulleted list")],
    // The name holds the sign, for those who speak what they see.
    ["insertOrderedList", "1", say("Nummereret liste: 1, 2, 3", "Numbered list: 1, 2, 3")],
    ["h3", "H", say("Overskrift", "Heading")],
    ["removeFormat", "⌫", say("Fjern formatering", "Remove formatting")],
  ];
  let changed = false;

  function tidy(from, to) {
    from.childNodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        to.append(node.textContent.replace(/\u00a0/g, " "));
      } else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName)) {
        const name = RENAMED[node.tagName] || node.tagName;
        let target = to;
        if (KEPT.has(name)) {
          target = document.createElement(name);
          if (name === "A" && /^(https?:|mailto:)/i.test(node.getAttribute("href") || "")) {
            target.setAttribute("href", node.getAttribute("href"));
          }
          to.append(target);
        }
        tidy(node, target);
      }
    });
  }

  function cleaned(html) {
    const read = new DOMParser().parseFromString(html, "text/html");
    const out = document.createElement("div");
    tidy(read.body, out);
    out.querySelectorAll("p, li, strong, em").forEach((each) => {
      if (!each.textContent.trim() && !each.querySelector("br")) each.remove();
    });
    return out.innerHTML;
  }

  function toolbar(editor, label) {
    const bar = document.createElement("div");
    bar.className = "m-toolbar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", `${say("Formatering", "Formatting")}: ${label}`);
    TOOLS.forEach(([what, sign, name], number) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.title = name;
      button.setAttribute("aria-label", name);
      button.tabIndex = number ? -1 : 0;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        editor.focus();
        if (what === "h3") {
          const inside = document.queryCommandValue("formatBlock").toLowerCase() === "h3";
          document.execCommand("formatBlock", false, inside ? "p" : "h3");
        } else {
          document.execCommand(what, false);
        }
        editor.dispatchEvent(new Event("input", { bubbles: true }));
      });
      bar.append(button);
    });
    // One stop for the tab key; the arrows go between the buttons.
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const buttons = [...bar.children];
      const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
      buttons.forEach((each, at) => (each.tabIndex = at === next ? 0 : -1));
      buttons[next].focus();
      event.preventDefault();
    });
    return bar;
  }

  function make(area) {
    const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
    const editor = document.createElement("div");
    editor.className = "m-editor";
    editor.contentEditable = "true";
    editor.setAttribute("role", "textbox");
    editor.setAttribute("aria-multiline", "true");
    if (label) {
      label.id = label.id || `${area.id}-label`;
      editor.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", () => editor.focus());
    }
    ["aria-describedby", "aria-invalid"].forEach((name) => {
      if (area.hasAttribute(name)) editor.setAttribute(name, area.getAttribute(name));
    });
    editor.innerHTML = cleaned(area.dataset.html || "");
    const sent = document.createElement("input");
    sent.type = "hidden";
    sent.name = `${area.name}__html`;
    sent.value = area.dataset.html || "";
    editor.addEventListener("input", () => {
      sent.value = editor.innerHTML;
      changed = true;
    });
    editor.addEventListener("paste", (event) => {
      const html = event.clipboardData.getData("text/html");
      if (!html) return;
      event.preventDefault();
      document.execCommand("insertHTML", false, cleaned(html));
    });
    area.before(toolbar(editor, label ? label.textContent.trim() : ""), editor, sent);
    area.classList.add("m-hidden");
    area.disabled = true;
  }

  document.execCommand("defaultParagraphSeparator", false, "p");
  document.querySelectorAll("textarea[data-editor]").forEach(make);
  document.querySelectorAll("form[data-warn-unsaved]").forEach((form) => {
    form.addEventListener("input", () => (changed = true));
    form.addEventListener("submit", () => (changed = false));
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  });
})();
