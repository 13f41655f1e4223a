"""A machine that translates, on this computer: it speaks LibreTranslate's, DeepL's and Google's protocol, well or badly."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Machine:
    """`says` turns one text into its translation; `behaves` may replace the whole answer: (status, body, seconds)."""

    def __init__(self):
        self.says = lambda text: f"[{text}]"
        self.behaves = None
        self.asked = []
        self.url = ""

    def answer(self, path, headers, question):
        self.asked.append((path, dict(headers), question))
        if self.behaves:
            return self.behaves(question)
        texts = question["text"] if "text" in question else question["q"]
        translated = [self.says(text) for text in texts]
        said = {
            "/deepl": {"translations": [{"text": text} for text in translated]},
            "/google": {"data": {"translations": [{"translatedText": text} for text in translated]}},
        }.get(path, {"translatedText": translated})
        return 200, json.dumps(said), 0


@contextmanager
def running_machine():
    machine = Machine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, text, seconds = machine.answer(self.path, self.headers, json.loads(body))
            time.sleep(seconds)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status in (301, 302):
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            try:
                self.wfile.write(text.encode())
            except BrokenPipeError:
                return

        def log_message(self, *args):
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    machine.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield machine
    finally:
        server.shutdown()
        server.server_close()
