"""A person, and a person in a chat: what they send, press and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.demo.client_messages import InlineOffer, Message, Press, find_button
from bot.demo.client_wire import Deadline, Json, SandboxError, Wire

if TYPE_CHECKING:
    from bot.demo.client_places import Channel, Group


class Conversation:
    """One person in one chat with the bot: their private chat, a group, or a topic of it.

    Answers are counted from the person's last own act here (send, press, share): what the bot said
    before it is never taken for an answer to it.
    """

    def __init__(self, wire: Wire, person_id: int, chat_id: int, thread_id: int | None = None) -> None:
        self.wire = wire
        self.person_id = person_id
        self.chat_id = chat_id
        self.thread_id = thread_id
        self._answered_up_to = 0

    async def send(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Types a text or a command and sends it."""
        sent = await self.wire.post(
            f"/sandbox/people/{self.person_id}/send",
            chat_id=self.chat_id,
            text=text,
            thread_id=self.thread_id,
            reply_to=reply_to.id if reply_to else None,
        )
        return self._acted(sent)

    async def send_file(
        self,
        file: Path | bytes,
        name: str | None = None,
        *,
        caption: str | None = None,
        as_photo: bool = False,
    ) -> Message:
        """Drops a file into the chat. Bytes need a `name`."""
        data = file.read_bytes() if isinstance(file, Path) else file
        filename = name or (file.name if isinstance(file, Path) else "file.bin")
        fields = {
            "chat_id": self.chat_id,
            "caption": caption,
            "thread_id": self.thread_id,
            "as": "photo" if as_photo else "document",
        }
        return self._acted(
            await self.wire.upload(f"/sandbox/people/{self.person_id}/send", fields, {filename: data})
        )

    async def send_files(self, files: Mapping[str, bytes], *, caption: str | None = None) -> Message:
        """Drops several files at once, by name; returns the last of their messages."""
        fields = {"chat_id": self.chat_id, "caption": caption, "thread_id": self.thread_id}
        return self._acted(await self.wire.upload(f"/sandbox/people/{self.person_id}/send", fields, files))

    async def forward(self, message: Message) -> Message:
        """Forwards a message from wherever it was read into this chat."""
        sent = await self.wire.post(
            f"/sandbox/people/{self.person_id}/forward",
            chat_id=self.chat_id,
            from_chat_id=message.chat_id,
            message_id=message.id,
        )
        return self._acted(sent)

    async def edit(self, message: Message, text: str) -> Message:
        """Edits an own message."""
        edited = await self.wire.post(
            f"/sandbox/people/{self.person_id}/edit", chat_id=self.chat_id, message_id=message.id, text=text
        )
        return self._acted(edited)

    async def press(
        self,
        message: Message,
        text: str | None = None,
        *,
        row: int = 0,
        col: int = 0,
        data: str | None = None,
    ) -> Press:
        """Presses an inline button by label (or part of it), else by place.

        `data` presses with any callback_data, as a modified client can.
        """
        if text is not None:
            button = find_button((await self.message(message.id)).buttons, text)
            row, col = button.row, button.col
        pressed = await self.wire.post(
            f"/sandbox/people/{self.person_id}/press",
            chat_id=message.chat_id,
            message_id=message.id,
            row=row,
            col=col,
            data=data,
        )
        self._answered_up_to = max(self._answered_up_to, pressed["last_message_id"])
        return Press(pressed["query_id"], self._shown(pressed))

    async def share(self, chat: Channel | Group, button: str | None = None) -> Message:
        """Picks `chat` in the chooser that a reply-keyboard button opened (the first such by default).

        Returns the chat_shared service message.
        """
        shared = await self.wire.post(
            f"/sandbox/people/{self.person_id}/share",
            chat_id=self.chat_id,
            shared_chat_id=chat.id,
            button=button,
        )
        return self._acted(shared)

    async def messages(self) -> list[Message]:
        """Returns everything in the chat now, oldest first, deleted messages left out."""
        page = await self.wire.get(f"/sandbox/chats/{self.chat_id}/messages")
        return [self._shown(item) for item in page["messages"] if self._is_here(item)]

    async def message(self, message_id: int) -> Message:
        """Returns one message as it is now. Raises LookupError when there is none."""
        try:
            item = await self.wire.get(f"/sandbox/chats/{self.chat_id}/messages/{message_id}")
        except SandboxError as error:
            raise LookupError(f"no message {message_id} in chat {self.chat_id}") from error
        return self._shown(item)

    async def last(self) -> Message:
        """Returns the newest message of the chat. Raises LookupError in an empty chat."""
        found = await self.messages()
        if not found:
            raise LookupError(f"chat {self.chat_id} is empty")
        return found[-1]

    async def wait_for_answer(self, *, timeout_s: float = 15.0) -> Message:
        """Returns the bot's next message here; called again, the one after it."""
        answer = await self._wait(lambda _: True, self._answered_up_to + 1, "no answer", timeout_s)
        self._answered_up_to = answer.id
        return answer

    async def wait_for(self, wanted: str | Callable[[Message], bool], *, timeout_s: float = 15.0) -> Message:
        """Returns the first bot message since the person's last act that contains or satisfies `wanted`.

        Edits count: a message that becomes what is wanted is found.
        """
        test = wanted if callable(wanted) else (lambda message: wanted in message.text)
        found = await self._wait(test, self._answered_up_to + 1, f"never came: {wanted}", timeout_s)
        self._answered_up_to = max(self._answered_up_to, found.id)
        return found

    async def wait_for_change(self, message: Message, *, timeout_s: float = 15.0) -> Message:
        """Returns `message` after its next change since that copy was read."""
        return await self._wait(
            lambda now: now.id == message.id and now.revision > message.revision,
            message.id,
            f"message {message.id} was not edited, still: {message.text!r}",
            timeout_s,
        )

    async def _wait(
        self, test: Callable[[Message], bool], from_id: int, what: str, timeout_s: float
    ) -> Message:
        deadline = Deadline(timeout_s)
        after = 0
        while True:
            page = await self.wire.get(
                f"/sandbox/chats/{self.chat_id}/messages",
                after=after,
                from_id=from_id,
                wait=deadline.poll_s(what),
            )
            for item in page["messages"]:
                message = self._shown(item)
                if message.is_from_bot and self._is_here(item) and test(message):
                    return message
            after = page["revision"]

    def _is_here(self, item: Json) -> bool:
        return self.thread_id is None or item["message"].get("message_thread_id") == self.thread_id

    def _acted(self, item: Json) -> Message:
        message = self._shown(item)
        self._answered_up_to = max(self._answered_up_to, message.id)
        return message

    def _shown(self, item: Json) -> Message:
        return Message(item["message"], item["revision"], self)


class Person(Conversation):
    """A user, and their private chat with the bot."""

    def __init__(self, wire: Wire, raw: Json) -> None:
        super().__init__(wire, raw["id"], raw["id"])
        self.raw = raw

    @property
    def id(self) -> int:
        return self.person_id

    @property
    def name(self) -> str:
        return str(self.raw["first_name"])

    def at(self, place: Group | Channel, *, thread_id: int | None = None) -> Conversation:
        """Returns this person in a group, or in one topic of it."""
        return Conversation(self.wire, self.id, place.id, thread_id)

    async def start(self, payload: str | None = None) -> Message:
        """Opens the bot by a link: /start, or /start with a deep-link payload."""
        return await self.send(f"/start {payload}" if payload else "/start")

    async def block(self) -> None:
        """Stops the bot: my_chat_member with `kicked`; sending gives 403."""
        await self.wire.post(f"/sandbox/people/{self.id}/block")

    async def unblock(self) -> None:
        await self.wire.post(f"/sandbox/people/{self.id}/unblock")

    async def switch_language(self, language: str) -> None:
        """Changes the language of the person's client."""
        self.raw = await self.wire.post(f"/sandbox/people/{self.id}", language=language)

    async def join(self, place: Group | Channel, *, invite_link: str | None = None) -> None:
        await self.wire.post(
            f"/sandbox/chats/{place.id}/members",
            user_id=self.id,
            by=self.id,
            status="member",
            invite_link=invite_link,
        )

    async def ask_inline(self, text: str, *, timeout_s: float = 15.0) -> InlineOffer:
        """Types «@bot text» in some chat. Raises TimeoutError if the bot never answers."""
        asked = await self.wire.post(f"/sandbox/people/{self.id}/inline", query=text)
        deadline = Deadline(timeout_s)
        while True:
            wait = deadline.poll_s(f"no answerInlineQuery for {text!r}")
            found = await self.wire.get(f"/sandbox/inline/{asked['query_id']}", wait=wait)
            if found["answered"]:
                button = found["button"]
                return InlineOffer(asked["query_id"], found["results"], button and button["text"])

    async def choose(self, offered: InlineOffer, place: Group | Channel, *, result: int = 0) -> Message:
        """Shares one of the offered results in a place."""
        chosen = await self.wire.post(
            f"/sandbox/people/{self.id}/choose",
            query_id=offered.query_id,
            result_id=offered.results[result]["id"],
            chat_id=place.id,
        )
        return self._shown(chosen)

    async def leave(self, place: Group | Channel) -> None:
        await self.wire.post(f"/sandbox/chats/{place.id}/members", user_id=self.id, by=self.id, status="left")
