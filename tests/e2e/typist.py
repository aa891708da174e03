"""A process that types answers into a real workspace and says what is safe: started, and killed, by a test.

    python -m tests.e2e.typist FOLDER RESPONSE SEED

It prints `stream seq sha256-of-value` after each commit. Half of the time it types on in the same field, so
that the newest entry is being rewritten when the kill comes.
"""

import hashlib
import random
import sys
from pathlib import Path

from iowscp_desktop.app import answers, opening
from iowscp_desktop.app.workspace import Surroundings
from iowscp_desktop.domain.clock import system_clock
from iowscp_desktop.domain.ids import QuestionId, ResponseId, new_id, response_space


def main() -> None:
    folder, response, seed = sys.argv[1:]
    chance = random.Random(int(seed))
    world = Surroundings(clock=system_clock, new_id=new_id)
    ws = opening.unlock_by_passphrase(Path(folder), sys.stdin.readline().strip(), world)
    response_id = ResponseId(response)
    print("ready", flush=True)
    words, visit, question = "", 0, QuestionId("heard_evidence")
    while True:
        if chance.random() < 0.3:
            words, visit = "", visit + 1
            question = QuestionId(chance.choice(["heard_evidence", "adult_evidence", "heard_next"]))
        words += chance.choice(["seen ", "heard ", "checked ", "written down "]) * chance.randint(1, 40)
        answers.record_answer(ws, response_id, question, words, visit=f"visit-{visit}")
        register = f"answer/{question}"
        head = next(e for e in ws.store.journal.heads(response_space(response_id)) if e.header.register == register)
        print(*head.id, hashlib.sha256(words.encode()).hexdigest(), flush=True)


if __name__ == "__main__":
    main()
