// A choice that is sent as soon as it is made.
export function sends(event) {
  if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
}
