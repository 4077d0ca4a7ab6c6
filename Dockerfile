# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /src
RUN python -m pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock README.md ./
RUN UV_PROJECT_ENVIRONMENT=/closeout uv sync --locked --no-dev --extra holidays --no-install-project
COPY app app
COPY rules rules
RUN UV_PROJECT_ENVIRONMENT=/closeout uv sync --locked --no-dev --extra holidays --no-editable \
    && /closeout/bin/python -P -m app.cli.pattern_file

FROM python:3.13-slim
# The queue is all that is kept, and losing it loses nothing: GitHub is the database.
RUN useradd --system --uid 10001 --home-dir /var/lib/closeout --create-home closeout \
    && python -m pip uninstall --yes --quiet pip
COPY --from=build /closeout /closeout
USER closeout
WORKDIR /var/lib/closeout
VOLUME /var/lib/closeout
ENV PATH=/closeout/bin:$PATH PYTHONUNBUFFERED=1 CLOSEOUT_PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['CLOSEOUT_PORT']}/healthz\", timeout=2)"]
ENTRYPOINT ["closeout"]
CMD ["serve"]
