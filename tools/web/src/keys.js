// j and k move in the lists of a page, / goes to the search field, ? shows the keys.
const WRITING = "input, select, textarea, [contenteditable]";
const LISTED = "[data-list] a[data-item], .cards > li h2 a, .listed > li > a:first-child";

const DOES = {
  j: () => move(1),
  k: () => move(-1),
  "/": search,
  "?": () => document.querySelector(".keys")?.scrollIntoView({ block: "center" }),
};

export function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return;
  const does = DOES[event.key];
  if (!does) return;
  event.preventDefault();
  does();
}

function move(step) {
  const listed = [...document.querySelectorAll(LISTED)];
  if (listed.length === 0) return;
  const here = listed.indexOf(document.activeElement);
  const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), listed.length - 1);
  listed[next].focus();
}

function search() {
  const field = document.querySelector("input[type=search]");
  if (field) field.focus();
  else window.location.assign(`/${document.documentElement.lang}/search`);
}
