// Labels of the page: Russian, or English when the chosen person's client is English.

const RU = {
  chats: "Чаты", who: "Вы:", newPerson: "+ Новый человек…", name: "Имя", back: "Назад", message: "Сообщение",
  send: "Отправить", attach: "Прикрепить файл", commands: "Команды", start: "Запустить", close: "Закрыть",
  drop: "Отпустите файл, и он уйдёт в чат", typing: "печатает…", upload_photo: "отправляет фото…", upload_document: "отправляет файл…",
  bot: "бот", channel: "канал", group: "группа", subscribers: "подписчиков", edited: "изменено", forwarded: "Переслано:",
  noChats: "Пока пусто", noneFits: "Нет подходящего канала или группы", pick: "Выберите чат", all: "Все темы",
  shared: "Вы поделились: ", joined: "теперь в чате", left: "больше не в чате", topic: "Тема: ", pinned: "Закреплено сообщение",
  migrated: "Группа стала супергруппой", service: "Служебное сообщение", copied: "Скопировано", photo: "Фото", noAnswer: "Бот не ответил на нажатие",
};
const EN = {
  chats: "Chats", who: "You:", newPerson: "+ New person…", name: "Name", back: "Back", message: "Message",
  send: "Send", attach: "Attach a file", commands: "Commands", start: "Start", close: "Close",
  drop: "Drop the file to send it", typing: "typing…", upload_photo: "sending a photo…", upload_document: "sending a file…",
  bot: "bot", channel: "channel", group: "group", subscribers: "subscribers", edited: "edited", forwarded: "Forwarded from",
  noChats: "Nothing here yet", noneFits: "No channel or group fits", pick: "Choose a chat", all: "All topics",
  shared: "You shared: ", joined: "joined", left: "left", topic: "Topic: ", pinned: "A message was pinned",
  migrated: "The group became a supergroup", service: "Service message", copied: "Copied", photo: "Photo", noAnswer: "The bot did not answer the press",
};

let chosen = RU;
let locale = "ru";

export function speak(languageCode) {
  const english = (languageCode || "").toLowerCase().startsWith("en");
  chosen = english ? EN : RU;
  locale = english ? "en-GB" : "ru";
  document.documentElement.lang = english ? "en" : "ru";
}

export const word = (key) => chosen[key] ?? key;
export const clockTime = (unix) => new Date(unix * 1000).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
export const day = (unix) => new Date(unix * 1000).toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric" });
export const count = (number) => number.toLocaleString(locale);
export function size(bytes) {
  const units = ["B", "KB", "MB"];
  const step = Math.min(2, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  return `${(bytes / 1024 ** step).toLocaleString(locale, { maximumFractionDigits: 1 })} ${units[step]}`;
}
