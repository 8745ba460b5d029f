// What the person does: writes, sends files, presses, shares a chat, picks a command.

import { alertWith, menu, toast } from "./dialogs.js";
import { $, attempt, isBotChat, state, topicId } from "./state.js";
import { get, post, upload } from "./wire.js";
import { word } from "./words.js";

export async function choose(button) {
  const fitting = await attempt(() => get(`people/${state.person.id}/shareable`, { button: button.text }));
  if (!fitting) return;
  menu(word("pick"), fitting.chats.map((chat) => ({
    label: chat.title,
    note: chat.username ? `@${chat.username}` : "",
    act: () => attempt(() => post(`people/${state.person.id}/share`, { chat_id: state.chat.id, shared_chat_id: chat.id, button: button.text })),
  })), word("noneFits"));
}

export const say = (text) => attempt(() => post(`people/${state.person.id}/send`, { chat_id: state.chat.id, text, thread_id: topicId() }));

export async function send() {
  const text = $("text").value.trim();
  if (text && (await say(text))) { $("text").value = ""; $("text").dispatchEvent(new Event("input")); }
  $("text").focus();
}

export async function sendFiles(files) {
  for (const file of files) {
    await attempt(() => upload(`people/${state.person.id}/send`, { chat_id: state.chat.id, thread_id: topicId() }, file));
  }
}

async function press(message, row, col, button) {
  button.classList.add("waiting");
  await attempt(async () => {
    const pressed = await post(`people/${state.person.id}/press`, { chat_id: message.chat.id, message_id: message.message_id, row, col });
    const said = await get(`callbacks/${pressed.query_id}`, { wait: 25 });
    if (!said.answered) toast(word("noAnswer"));
    else if (said.text) (said.show_alert ? alertWith : toast)(said.text);
  });
  button.classList.remove("waiting");
}

// A link to the bot itself is followed here: /start with its payload.
function followed(url) {
  const found = new URL(url);
  if (found.hostname !== "t.me" || found.pathname.slice(1).toLowerCase() !== state.bot.user.username.toLowerCase()) return false;
  const payload = found.searchParams.get("start");
  acts.openRoom(state.person.id).then(() => say(payload ? `/start ${payload}` : "/start"));
  return true;
}

// `openRoom` is set by the page.
export const acts = {
  openRoom: null,
  onPress: press,
  onCommand: say,
  onLink: followed,
  onCopy: (text) => navigator.clipboard.writeText(text).then(() => toast(word("copied")), () => toast(text)),
};

export function commandMenu() {
  const language = (state.person.language_code ?? "").slice(0, 2);
  const kept = state.bot.commands.filter((one) => one.scope.type === "default" || one.scope.type === (isBotChat(state.chat) ? "all_private_chats" : "all_group_chats"));
  const scoped = kept.filter((one) => one.scope.type !== "default" && one.commands.length);
  const pool = scoped.length ? scoped : kept;
  const set = pool.find((one) => one.language === language) ?? pool.find((one) => one.language === "") ?? pool[0];
  menu(word("commands"), (set?.commands ?? []).map((one) => ({ label: `/${one.command}`, note: one.description, act: () => say(`/${one.command}`) })), word("noChats"));
}
