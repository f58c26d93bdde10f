#!/usr/bin/env python3
"""Talks to `opsatlas --mcp` with the official client (PyPI `mcp`) in both of the protocol's eras,
and then as a client that does not know how to behave. Usage: mcp_conformance.py [PROGRAM [ARGUMENTS]]."""

import asyncio
import json
import subprocess
import sys

PROGRAM = sys.argv[1:] or ["target/release/opsatlas"]
COMMAND = [*PROGRAM, "--mcp"]


def check(held, what):
    print("held" if held else "BROKEN", what)
    if not held:
        sys.exit(1)


def text(result):
    return result.content[0].text


async def use(client, era):
    listed = await client.list_tools()
    check([tool.name for tool in listed.tools] == ["ask", "overview", "language"], f"{era}: three tools")
    size = len(json.dumps([tool.model_dump(exclude_none=True) for tool in listed.tools]))
    check(size < 4000, f"{era}: their definitions are {size} bytes")
    path = await client.call_tool("ask", {"query": "path devops to llmops"})
    check("DevOps → GitOps → MLOps → LLMOps" in text(path) and "roadmap-2026:" in text(path), f"{era}: a cited path")
    rows = await client.call_tool("ask", {"query": "prereqs mlops", "limit": 5})
    check("go on with: prereqs mlops then offset 5" in text(rows), f"{era}: a long answer says how to go on")
    wrong = await client.call_tool("ask", {"query": "show kuberntes"})
    check(wrong.is_error and "kubernetes" in text(wrong), f"{era}: a wrong name is told with the right one")
    bad = await client.call_tool("ask", {"query": "nodes", "limit": "many"})
    check(bad.is_error and "whole number" in text(bad), f"{era}: a wrong argument is told")
    check("kinds" in text(await client.call_tool("overview", {})), f"{era}: the overview")
    check("prereqs S" in text(await client.call_tool("language", {})), f"{era}: the language on one page")
    check("prereqs" in text(await client.call_tool("language", {"word": "prereqs"})), f"{era}: one word of it")


async def official():
    from mcp import Client, ClientSession
    from mcp.client.stdio import StdioServerParameters, stdio_client

    parameters = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:])
    async with Client(parameters) as client:
        await use(client, "stateless")
    async with stdio_client(parameters) as (reader, writer), ClientSession(reader, writer) as session:
        begun = await session.initialize()
        check(begun.server_info.name == "opsatlas", "handshake: the server says its name")
        await use(session, "handshake")


def talk(lines):
    done = subprocess.run(COMMAND, input=b"".join(lines), capture_output=True, timeout=120, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def request(number, method, **parameters):
    message = {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}
    return json.dumps(message).encode() + b"\n"


def hostile():
    ask = request(7, "tools/call", name="ask", arguments={"query": "path devops to llmops"})
    code, replies = talk([b"{\"half\": ", b"\n", ask, b"{\"jsonrpc\": \"2.0\", \"id\": 8, \"met"])
    check([reply.get("id") for reply in replies] == [None, 7, None] and code == 0, "half a line is refused, the next is answered")
    code, replies = talk([b"[" * 100_000_000, b"\n", ask])
    check(replies[0]["error"]["code"] == -32600 and replies[1]["id"] == 7, "100 MB are refused, the next is answered")
    code, replies = talk([b"[" * 100_000 + b"\n", ask])
    check(replies[0]["error"]["code"] == -32700 and replies[1]["id"] == 7, "deep nesting is refused")
    wrong = [b"1\n", b"null\n", b"[]\n", b"{}\n", b'{"jsonrpc":"2.0","id":{},"method":"ping"}\n', request(1, "tools/call", name=3), request(2, "tools/call", name="ask", arguments=[]), request(3, "nothing"), b"\xff\xfe\n", ask]
    code, replies = talk(wrong)
    check(len(replies) == len(wrong) and all("error" in reply for reply in replies[:-1]) and "result" in replies[-1], "wrong types are refused, one by one")
    calls = [request(number, "tools/call", name="ask", arguments={"query": "prereqs llmops"}) for number in range(1000)]
    code, replies = talk(calls)
    check([reply["id"] for reply in replies] == list(range(1000)), "a thousand calls at once are answered in order")
    code, replies = talk([b"[" + b",".join(call.strip() for call in calls) + b"]\n"])
    check([reply["id"] for reply in replies[0]] == list(range(1000)), "and a thousand in one list")
    code, replies = talk([b'{"jsonrpc":"1.0","id":1,"method":"ping"}\n', b'{"jsonrpc":"2.0","id":2}\n', request(3, "tools/list", cursor="forged")])
    check([(reply["id"], reply["error"]["code"]) for reply in replies] == [(1, -32600), (2, -32600), (3, -32602)], "another version of JSON-RPC, no method and a forged cursor are refused")
    code, replies = talk([request(1, "tools/call", name="ask", arguments={"query": "let x = docker"}), request(2, "tools/call", name="ask", arguments={"query": "show @x"})])
    check(replies[1]["result"]["isError"], "nothing is remembered between calls")
    unknown = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": {"io.modelcontextprotocol/protocolVersion": "2031-01-01"}}}).encode() + b"\n"
    code, replies = talk([unknown])
    check(replies[0]["error"]["code"] == -32022 and "2026-07-28" in replies[0]["error"]["data"]["supported"], "an unknown version is refused with those that are known")


asyncio.run(official())
hostile()
