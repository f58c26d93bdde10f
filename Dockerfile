# The program alone, without an operating system: docker run -i opsatlas path devops to llmops
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /build
COPY . .
# At fixed addresses: docs/decisions/0045-fixed-addresses.md.
RUN RUSTFLAGS="-C relocation-model=static" cargo build --locked --release --target "$(uname -m)-unknown-linux-musl" \
    && cp target/*/release/opsatlas /opsatlas

FROM scratch
COPY --from=build /opsatlas /opsatlas
WORKDIR /data
ENTRYPOINT ["/opsatlas"]
