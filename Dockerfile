# policyx with everything that `policyx[all]` brings, for any user:
#
#     docker build -t policyx .
#     docker run --rm -u "$(id -u):$(id -g)" -v "$PWD:/work" policyx extract reports/ -o figures.xlsx
#
# What is written belongs to the user that runs it. The container needs no network: --network none will do.
FROM python:3.12-slim AS build
COPY pyproject.toml README.md LICENSE /source/
COPY src /source/src
RUN python -m venv /opt/policyx && /opt/policyx/bin/pip install --no-cache-dir "/source[all]" \
    && /opt/policyx/bin/python -m compileall -q /opt/policyx/lib

FROM python:3.12-slim
COPY --from=build /opt/policyx /opt/policyx
# a user without an entry in /etc/passwd has no home; /tmp is there for all of them, and the cache takes care of itself
ENV PATH=/opt/policyx/bin:$PATH HOME=/tmp LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
WORKDIR /work
USER 65534:65534
ENTRYPOINT ["policyx"]
CMD ["--help"]
