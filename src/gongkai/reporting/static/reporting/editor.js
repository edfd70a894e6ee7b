// 编制：a figure's name goes in where one writes; what has not been saved is not left unasked.
const form = document.getElementById("filing");
let last = form.querySelector("textarea.prose");
let touched = false;

form.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea.prose")) last = event.target;
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button || !last) return;
  last.focus();
  last.setRangeText(`{${button.dataset.insert}}`, last.selectionStart, last.selectionEnd, "end");
  last.dispatchEvent(new Event("input", { bubbles: true }));
});

// An explanation being typed is no part of the report: checking it anew would take it away.
for (const place of form.querySelectorAll(".part-findings"))
  place.addEventListener("input", (event) => { touched = true; event.stopPropagation(); });
form.addEventListener("input", () => { touched = true; });
form.addEventListener("submit", () => { touched = false; });
addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
