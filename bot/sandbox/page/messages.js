// One message as an element.

import { element, link, render } from "./entities.js";
import { clockTime, size, word } from "./words.js";

function nameOf(sender) {
  return sender?.title ?? [sender?.first_name, sender?.last_name].filter(Boolean).join(" ");
}

export function summary(message) {
  if (!message) return "";
  return message.text ?? message.caption ?? (message.photo ? word("photo") : message.document?.file_name) ?? service(message) ?? word("service");
}

function service(message) {
  if (message.chat_shared) return word("shared") + (message.chat_shared.title ?? message.chat_shared.chat_id);
  if (message.new_chat_members) return `${message.new_chat_members.map(nameOf).join(", ")} ${word("joined")}`;
  if (message.left_chat_member) return `${nameOf(message.left_chat_member)} ${word("left")}`;
  if (message.forum_topic_created) return word("topic") + message.forum_topic_created.name;
  if (message.pinned_message) return word("pinned");
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return word("migrated");
  return null;
}

function photo(message) {
  const largest = message.photo.at(-1);
  const made = element("a", "photo");
  made.href = `/sandbox/files/${largest.file_id}`;
  made.target = "_blank";
  const image = element("img");
  image.src = made.href;
  image.width = largest.width;
  image.height = largest.height;
  image.alt = message.caption ?? word("photo");
  made.append(image);
  return made;
}

function documentLink(file) {
  const made = element("a", "document");
  made.href = `/sandbox/files/${file.file_id}`;
  made.download = file.file_name;
  const names = element("span");
  names.append(element("b", "", file.file_name), element("small", "", size(file.file_size)));
  made.append(element("span", "sign", "↓"), names);
  return made;
}

function words(message, act) {
  const made = element("p", "words");
  const caption = message.text === undefined;
  render(made, message.text ?? message.caption ?? "", (caption ? message.caption_entities : message.entities) ?? [], act);
  return made;
}

function buttons(message, act) {
  const made = element("div", "buttons");
  message.reply_markup.inline_keyboard.forEach((line, row) => {
    const cells = element("div", "row");
    line.forEach((button, col) => cells.append(inlineButton(message, button, row, col, act)));
    made.append(cells);
  });
  return made;
}

function inlineButton(message, button, row, col, act) {
  const made = button.url ? link(button.url, act.onLink) : element("button");
  made.textContent = button.text + (button.url ? " ↗" : "");
  if (button.style) made.classList.add(button.style);
  if (button.url) return made;
  made.type = "button";
  made.addEventListener("click", () => (button.copy_text ? act.onCopy(button.copy_text.text) : act.onPress(message, row, col, made)));
  return made;
}

function bubble(message, isMine, act) {
  const made = element("div", "bubble");
  const above = message.show_caption_above_media;
  const media = message.photo ? photo(message) : message.document ? documentLink(message.document) : null;
  const text = message.text ?? message.caption ? words(message, act) : null;
  const from = message.forward_origin;
  if (!isMine && message.chat.type !== "private") made.append(element("p", "author", nameOf(message.from ?? message.sender_chat)));
  if (from) made.append(element("p", "author", `${word("forwarded")} ${nameOf(from.chat ?? from.sender_user)}`));
  if (message.reply_to_message) made.append(element("p", "quote", summary(message.reply_to_message)));
  made.append(...(above ? [text, media] : [media, text]).filter(Boolean));
  made.append(element("small", "foot", (message.edit_date ? `${word("edited")} ` : "") + clockTime(message.date)));
  return made;
}

export function messageElement(message, personId, act) {
  const line = service(message);
  if (line) {
    const made = element("p", "service", line);
    made.dataset.messageId = message.message_id;
    return made;
  }
  const isMine = message.from?.id === personId;
  const made = element("article", `message${isMine ? " mine" : ""}${message.photo || message.reply_markup?.inline_keyboard ? " wide" : ""}`);
  made.dataset.messageId = message.message_id;
  made.append(bubble(message, isMine, act));
  if (message.reply_markup?.inline_keyboard) made.append(buttons(message, act));
  return made;
}
