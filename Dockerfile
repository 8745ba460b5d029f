# Two stages: what installs the bot stays behind, the image that runs holds Python, the bot and nothing that builds.
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/otklik
ENV PATH=/opt/otklik/bin:$PATH

# The libraries first, because they change less often than the bot; pip compiles what it installs.
WORKDIR /source
COPY requirements.lock .
RUN pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY metrics metrics
COPY storage storage
RUN pip install --no-deps --no-build-isolation . && pip uninstall --yes hatchling editables

FROM python:3.13-slim

RUN useradd --uid 10001 --user-group --no-create-home otklik && install -d -o otklik -g otklik /data
COPY --from=build /opt/otklik /opt/otklik

# matplotlib's list of fonts is made now, not in the first answer; the fonts it draws with come with it. It lies in the
# volume, by the user who draws: a folder that can't be written to is left for a new one, at every start of a worker.
ENV PATH=/opt/otklik/bin:$PATH \
    MPLCONFIGDIR=/data/matplotlib \
    DATABASE_URL=sqlite+aiosqlite:////data/otklik.db \
    DATA_DIR=/data
USER otklik
RUN python -c "import matplotlib.font_manager"

WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 CMD ["otklik", "doctor", "--alive"]
ENTRYPOINT ["otklik"]
CMD ["run"]
