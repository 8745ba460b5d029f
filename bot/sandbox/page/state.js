// What the page knows, and the little that every part of it needs.

import { toast } from "./dialogs.js";

export const state = { people: [], person: null, chats: [], chat: null, messages: new Map(), revision: 0, seen: 0, bot: null };

export const $ = (id) => document.getElementById(id);

export async function attempt(work) {
  try { return await work(); } catch (error) { toast(error.message); return null; }
}

export const isBotChat = (chat) => chat.type === "private";
export const titleOf = (chat) => (isBotChat(chat) ? state.bot.user.first_name : chat.title);
export const topicId = () => Number($("topic").value) || undefined;
