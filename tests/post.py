"""邮局：a real mail server and a real receiver of webhooks, small, on a port of their own."""

import email
import email.policy
import hashlib
import hmac
import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from gongkai.notices import subjects
from gongkai.notices.states import Audience
from gongkai.notices.subjects import Recipient, register_subject


class _Conversation(socketserver.StreamRequestHandler):
    """RFC 5321, as much of it as a client needs to hand over a message."""

    timeout = 120

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        office = self.server
        self.say("220 post.example")
        receivers = []
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split()[0].upper()
            if verb in office.answers:
                self.say(office.answers[verb])
                if office.answers[verb].startswith("421"):
                    return
                continue
            match verb:
                case "EHLO":
                    self.say("250-post.example")
                    self.say("250 AUTH PLAIN")
                case "RCPT":
                    receivers.append(line.partition("<")[2].partition(">")[0])
                    self.say("250 OK")
                case "DATA":
                    self.say("354 go on")
                    office.letters.append((receivers, self._letter()))
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 OK")

    def _letter(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)


class _PostOffice(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def post_office(settings, **answers):
    """A mail server the settings lead to: ``letters`` it took; ``answers`` to verbs, if not OK."""
    server = _PostOffice(("127.0.0.1", 0), _Conversation)
    server.letters, server.answers = [], answers
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
    settings.DEFAULT_FROM_EMAIL = "石州市政务公开办公室 <open@example.gov.cn>"
    with _running(server):
        yield server


@contextmanager
def receiver(status=200, headers=()):
    """A receiver of webhooks: ``url``, and the ``messages`` it took as (headers, bytes)."""

    class Take(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.messages.append((dict(self.headers), body))
            self.send_response(self.server.status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):
            self.server.messages.append((dict(self.headers), b"GET"))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Take)
    server.messages, server.status = [], status
    server.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    with _running(server):
        yield server


@contextmanager
def _running(server):
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def proven(message, secret):
    """What a receiver does: compute the signature itself, compare, and read."""
    headers, body = message
    signed = f"{headers['X-Gongkai-Timestamp']}.".encode() + body
    right = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Gongkai-Signature"] == f"sha256={right}"
    return json.loads(body)


def forget_subjects(monkeypatch):
    """What a test registers is forgotten with it."""
    monkeypatch.setattr(subjects, "_subjects", dict(subjects._subjects))


def of_the_organ(organ, to):
    """About an organ: its staff, and its mailbox."""
    if to.audience is Audience.STAFF:
        return organ.staff.filter(pk=to.id).exists()
    return (to.audience, to.id, to.address) == (Audience.OFFICE, str(organ.pk), organ.email)


def register_organs(rule=of_the_organ):
    """Organs as the records something is told about."""
    register_subject("organs.organ", rule, organ_of=lambda organ: organ.pk)


def mailbox(organ):
    """The organ itself, at its mailbox."""
    return Recipient(Audience.OFFICE, str(organ.pk), organ.email)
