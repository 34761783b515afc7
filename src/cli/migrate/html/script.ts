/** What the page does: it shows the places that are asked for, and counts them. Without it, all of them are there. */
export const SCRIPT = `
const form = document.getElementById("filters");
const shown = document.getElementById("shown");
const files = [...document.querySelectorAll(".file")].map((element) => ({ element, items: [...element.querySelectorAll(".item")] }));
const buttons = [...document.querySelectorAll("[data-filter]")];
const all = files.reduce((sum, { items }) => sum + items.length, 0);

function isIn(folder, wanted) {
  return folder === wanted || folder.startsWith(wanted === "/" ? "/" : wanted + "/");
}

function apply() {
  const { kind, transform, code, folder } = Object.fromEntries(new FormData(form));
  let places = 0;
  let count = 0;
  for (const { element, items } of files) {
    const isFolder = folder === "" || isIn(element.dataset.folder, folder);
    let found = 0;
    for (const item of items) {
      const { kind: own, transform: by, codes } = item.dataset;
      item.hidden = !isFolder || (kind !== "" && own !== kind) || (transform !== "" && by !== transform) || (code !== "" && !codes.split(" ").includes(code));
      if (!item.hidden) found++;
    }
    element.hidden = found === 0;
    places += found;
    if (found > 0) count++;
  }
  shown.textContent = places + " of " + all + " places, in " + count + " of " + files.length + " files";
  for (const button of buttons) button.setAttribute("aria-pressed", String(form.elements[button.dataset.filter].value === button.dataset.value));
}

for (const button of buttons)
  button.addEventListener("click", () => {
    const field = form.elements[button.dataset.filter];
    const isOn = field.value === button.dataset.value;
    form.reset();
    field.value = isOn ? "" : button.dataset.value;
    apply();
  });
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(apply));
const setOpen = (isOpen) => () => { for (const { element } of files) if (!element.hidden) element.open = isOpen; };
document.getElementById("open").addEventListener("click", setOpen(true));
document.getElementById("close").addEventListener("click", setOpen(false));
form.hidden = false;
document.body.classList.add("script");
apply();
`;
