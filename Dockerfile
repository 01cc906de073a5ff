# Builds Lectern and nothing else: one static binary on an empty image.
#
#   docker build --tag lectern .
#   docker build --tag lectern --build-arg VERSION=1.2.3 .

# A tag can be moved to another image, a digest can not. To pin it, write the digest
# that `docker buildx imagetools inspect golang:1.26.8` prints behind the tag:
#   FROM golang:1.26.8@sha256:… AS build
FROM golang:1.26.8 AS build

WORKDIR /src

# Dependencies change more seldom than code: this layer stays until go.mod or go.sum change.
COPY go.mod go.sum ./
RUN go mod download

COPY . .
ARG VERSION
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.release=$VERSION" -o /out/lectern ./cmd/lectern

# An empty image has no mkdir, so the folder of the host key is made here, closed to others.
RUN mkdir -p /out/owned/hostkeys && chmod 0700 /out/owned/hostkeys

# No shell, no package manager, no libc, no certificates (Lectern calls nobody),
# no time zones (dates of posts are shown as written).
FROM scratch

COPY --from=build /out/lectern /lectern
# The parent is copied, not the folder itself: so the folder keeps its mode.
COPY --from=build --chown=65532:65532 /out/owned/ /

USER 65532:65532
ENV LECTERN_LISTEN=:2222 LECTERN_HOSTKEYS=/hostkeys
EXPOSE 2222

# Without a volume of its own a container made anew would get a new host key,
# and every returning reader a warning.
VOLUME /hostkeys

# Healthy means that a post can be read with the right host key, not that a port is open.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 CMD ["/lectern", "health"]

STOPSIGNAL SIGTERM
ENTRYPOINT ["/lectern"]
CMD ["serve"]
