// The page: who plays, the list of chats, the open chat, and one long poll that keeps both fresh.

import { acts, choose, commandMenu, say, send, sendFiles } from "./acting.js";
import { askName } from "./dialogs.js";
import { element } from "./entities.js";
import { messageElement, summary } from "./messages.js";
import { $, attempt, isBotChat, state, titleOf, topicId } from "./state.js";
import { get, post } from "./wire.js";
import { clockTime, count, day, speak, word } from "./words.js";

const asked = new URLSearchParams(location.search);

// --- who plays

function label() {
  $("list-title").textContent = word("chats");
  $("who-label").textContent = word("who");
  $("text").placeholder = word("message");
  for (const [id, key] of [["back", "back"], ["send", "send"], ["attach", "attach"], ["commands", "commands"], ["text", "message"]]) {
    $(id).setAttribute("aria-label", word(key));
    $(id).title = word(key);
  }
  $("start").textContent = word("start");
  $("drop").textContent = word("drop");
}

function listPeople() {
  const options = state.people.map((person) => new Option(person.first_name, person.id));
  $("person").replaceChildren(...options, new Option(word("newPerson"), "new"));
  $("person").value = state.person?.id ?? "new";
}

async function play(personId) {
  state.people = (await get("people")).people;
  state.person = state.people.find((person) => person.id === Number(personId)) ?? state.people[0] ?? null;
  speak(state.person?.language_code);
  label();
  listPeople();
  closeRoom();
  $("chats").replaceChildren();
  if (state.person) await refreshList();
  else create();
}

function create() {
  askName(async (first_name, language) => {
    const person = await attempt(() => post("people", { first_name, language }));
    if (person) await play(person.id);
  });
}

// --- the list

async function refreshList() {
  if (!state.person) return;
  const asking = state.person;
  const listed = await get("chats", { person: asking.id });
  if (asking !== state.person) return;
  state.chats = listed.chats;
  const rows = state.chats.map(chatRow);
  $("chats").replaceChildren(...(rows.length ? rows : [element("p", "service", word("noChats"))]));
  if (state.chat) {
    state.chat = state.chats.find((chat) => chat.id === state.chat.id) ?? state.chat;
    head();
  }
}

function chatRow(chat) {
  const made = element("button", "chat");
  made.type = "button";
  made.dataset.chatId = chat.id;
  made.dataset.type = chat.type;
  const last = chat.last?.message;
  made.append(
    element("span", "face", [...titleOf(chat)][0]),
    element("span", "name", titleOf(chat)),
    element("time", "", last ? clockTime(last.date) : ""),
    element("span", "last", last ? summary(last) : note(chat)),
  );
  made.addEventListener("click", () => openRoom(chat.id));
  return made;
}

function note(chat) {
  if (chat.action) return word(chat.action);
  if (isBotChat(chat)) return word("bot");
  if (chat.type === "channel") return `${word("channel")}, ${count(chat.subscribers)} ${word("subscribers")}`;
  return `${word("group")}, ${chat.members.map((member) => member.user.first_name).join(", ")}`;
}

// --- the open chat

async function openRoom(chatId) {
  state.chat = state.chats.find((chat) => chat.id === chatId);
  if (!state.chat) return;
  state.messages.clear();
  state.seen = 0;
  // Nothing of the chat before stays in sight while this one is fetched.
  $("messages").replaceChildren();
  drawKeyboard();
  $("list").hidden = true;
  $("room").hidden = false;
  $("topic").hidden = state.chat.topics.length === 0;
  $("topic").replaceChildren(new Option(word("all"), ""), ...state.chat.topics.map((topic) => new Option(topic.name, topic.message_thread_id)));
  head();
  await attempt(refreshRoom);
  // Another chat, or none, may be open by now.
  if (state.chat?.id !== chatId) return;
  if (state.messages.size === 0) $("messages").replaceChildren(...introduction());
  $("messages").scrollTop = $("messages").scrollHeight;
}

// What the bot says about itself before anything was said.
function introduction() {
  const said = state.bot.descriptions[(state.person.language_code ?? "").slice(0, 2)] ?? state.bot.descriptions[""];
  return isBotChat(state.chat) && said ? [element("p", "service", said)] : [];
}

function closeRoom() {
  state.chat = null;
  $("room").hidden = true;
  $("list").hidden = false;
}

function head() {
  $("room-title").textContent = titleOf(state.chat);
  $("room-note").textContent = note(state.chat);
  const mayStart = isBotChat(state.chat) && (!state.chat.is_started || state.chat.is_blocked);
  const mayWrite = state.chat.type !== "channel" || state.chat.members.some((one) => one.user.id === state.person.id && (one.status === "creator" || one.can_post_messages));
  $("start").hidden = !mayStart;
  $("composer").hidden = mayStart || !mayWrite;
}

async function refreshRoom() {
  const chatId = state.chat.id;
  const page = await get(`chats/${chatId}/messages`, { after: state.seen });
  if (state.chat?.id !== chatId || page.revision < state.seen) return;
  const log = $("messages");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  state.seen = page.revision;
  for (const id of page.deleted) state.messages.delete(id);
  for (const { message } of page.messages) state.messages.set(message.message_id, message);
  if (page.messages.length || page.deleted.length) draw(page.messages.map(({ message }) => message.message_id));
  if (atEnd) log.scrollTop = log.scrollHeight;
}

// Elements of unchanged messages stay, so that a pressed button and an open spoiler survive.
function draw(changed) {
  const old = new Map([...$("messages").children].filter((one) => one.dataset.messageId).map((one) => [Number(one.dataset.messageId), one]));
  const rows = [];
  let lastDay = "";
  for (const [id, message] of [...state.messages].sort(([a], [b]) => a - b)) {
    if (topicId() && message.message_thread_id !== topicId()) continue;
    if (day(message.date) !== lastDay) rows.push(element("p", "day", (lastDay = day(message.date))));
    rows.push((!changed.includes(id) && old.get(id)) || messageElement(message, state.person.id, acts));
  }
  $("messages").replaceChildren(...rows);
  for (const image of $("messages").querySelectorAll("img")) image.addEventListener("load", keepEnd, { once: true });
  drawKeyboard();
}

function keepEnd() {
  const log = $("messages");
  if (log.scrollHeight - log.scrollTop - log.clientHeight < 700) log.scrollTop = log.scrollHeight;
}

function drawKeyboard() {
  const shown = [...state.messages.values()].filter((one) => one.reply_markup?.keyboard || one.reply_markup?.remove_keyboard).at(-1);
  const rows = shown?.reply_markup.keyboard ?? [];
  $("keyboard").hidden = rows.length === 0;
  $("keyboard").replaceChildren(...rows.map((line) => {
    const row = element("div", "row");
    row.append(...line.map((button) => keyboardButton(typeof button === "string" ? { text: button } : button)));
    return row;
  }));
}

function keyboardButton(button) {
  const made = element("button", "", button.text);
  made.type = "button";
  made.addEventListener("click", () => (button.request_chat ? choose(button) : say(button.text)));
  return made;
}

function grow() {
  $("text").style.height = "auto";
  $("text").style.height = `${Math.min($("text").scrollHeight + 2, 120)}px`;
}

// --- wiring

$("person").addEventListener("change", () => ($("person").value === "new" ? create() : attempt(() => play($("person").value))));
$("back").addEventListener("click", () => { closeRoom(); attempt(refreshList); });
$("send").addEventListener("click", send);
$("text").addEventListener("input", grow);
$("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); } });
$("start").addEventListener("click", () => say(asked.get("start") ? `/start ${asked.get("start")}` : "/start"));
$("commands").addEventListener("click", async () => { state.bot = await get("bot"); commandMenu(); });
$("topic").addEventListener("change", () => draw([]));
$("file").addEventListener("change", async () => { await begun; await sendFiles([...$("file").files]); $("file").value = ""; });
$("attach").addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") $("file").click(); });
$("room").addEventListener("dragover", (event) => { event.preventDefault(); $("drop").hidden = false; });
$("room").addEventListener("dragleave", (event) => { if (!$("room").contains(event.relatedTarget)) $("drop").hidden = true; });
$("room").addEventListener("drop", (event) => { event.preventDefault(); $("drop").hidden = true; sendFiles([...event.dataTransfer.files]); });

async function follow() {
  for (;;) {
    try {
      const news = await get("events", { after: state.revision, wait: 25 });
      state.revision = news.revision;
      if (news.chats.length) await refreshList();
      if (state.chat && news.chats.includes(state.chat.id)) await refreshRoom();
    } catch {
      // The sandbox is being restarted: its page comes back with it.
      await new Promise((wake) => { setTimeout(wake, 1000); });
      state.revision = 0;
    }
  }
}

async function begin() {
  acts.openRoom = openRoom;
  state.bot = await get("bot");
  document.title = state.bot.user.first_name;
  await play(asked.get("person"));
  if (state.person) await openRoom(Number(asked.get("chat")) || state.person.id);
}

// A file may be chosen before the first chat is open: it waits for that.
const begun = begin();
await begun;
follow();
