// The menu, the alert and the toast.

import { element } from "./entities.js";
import { word } from "./words.js";

const $ = (id) => document.getElementById(id);
let hiding = 0;

export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { $("toast").hidden = true; }, 3500);
}

export function alertWith(text) {
  $("alert-text").textContent = text;
  $("alert").showModal();
}

// `items` are {label, note, act}; an empty list shows `empty`.
export function menu(title, items, empty) {
  $("menu-title").textContent = title;
  $("menu-close").textContent = word("close");
  const made = items.map((item) => {
    const button = element("button", "", item.label);
    button.type = "button";
    if (item.note) button.append(element("small", "", item.note));
    button.addEventListener("click", () => { $("menu").close(); item.act(); });
    return button;
  });
  $("menu-items").replaceChildren(...(made.length ? made : [element("p", "", empty)]));
  $("menu").showModal();
}

export function askName(done) {
  const input = element("input");
  input.id = "new-name";
  input.maxLength = 64;
  const makers = ["ru", "en"].map((language) => ({ label: language === "ru" ? "Русский" : "English", act: () => input.value.trim() && done(input.value.trim(), language) }));
  menu(word("name"), makers, "");
  $("menu-items").prepend(input);
  input.focus();
}

$("menu-close").addEventListener("click", () => $("menu").close());
$("alert-close").addEventListener("click", () => $("alert").close());
