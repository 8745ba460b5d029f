// Text with entities as elements. Words only ever enter as text nodes; links only lead to http, mailto and tel.

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
const BLOCKS = new Set(["BLOCKQUOTE", "PRE"]);

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function safeUrl(url) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return /^(https?|mailto|tel):/i.test(whole) ? whole : null;
}

export function link(url, onLink) {
  const safe = safeUrl(url);
  const made = element(safe ? "a" : "span");
  if (!safe) return made;
  made.href = safe;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  made.addEventListener("click", (event) => { if (onLink(safe)) event.preventDefault(); });
  return made;
}

function opens(tag, className) {
  const made = element(tag, className);
  made.addEventListener("click", () => made.classList.toggle("open"));
  return made;
}

function wrapper(entity, words, act) {
  switch (entity.type) {
    case "text_link": return link(entity.url, act.onLink);
    case "url": return link(words, act.onLink);
    case "email": return link(`mailto:${words}`, act.onLink);
    case "spoiler": return opens("span", "spoiler");
    case "blockquote": return element("blockquote");
    case "expandable_blockquote": return opens("blockquote", "folds");
    case "bot_command": {
      const made = element("button", "command");
      made.type = "button";
      made.addEventListener("click", () => act.onCommand(words));
      return made;
    }
    default: return element(TAGS[entity.type] ?? "span");
  }
}

// `entities` come sorted, the outer before the inner; offsets are UTF-16 units, as JavaScript's are.
export function render(into, text, entities, act) {
  fill(into, text, 0, text.length, entities, act);
}

function fill(into, text, from, to, entities, act) {
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || entity.offset >= to) continue;
    into.append(text.slice(at, entity.offset));
    const made = wrapper(entity, text.slice(entity.offset, end), act);
    fill(made, text, entity.offset, end, entities.slice(index + 1), act);
    into.append(made);
    // A block ends its own line: the line break after it is already there.
    at = BLOCKS.has(made.tagName) && text[end] === "\n" ? end + 1 : end;
  }
  into.append(text.slice(at, to));
}
