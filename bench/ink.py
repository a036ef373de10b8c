"""The large scenario as an Ink story, played at random by inkjs.

The same scenes, flags, options and guards: three questions stand open side by side, and a last
choice moves on. So a play takes as many choices there as moves here. Ink's own compiler makes it,
in the same process that plays it.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

NODE = Path(sys.prefix) / "node"
"""Where `make` installs inkjs."""
_PLAYING = """
const { Compiler } = require("inkjs/full");
const [seconds] = process.argv.slice(1).map(Number);
let source = "";
process.stdin.on("data", (piece) => { source += piece; });
process.stdin.on("end", () => {
  const story = new Compiler(source).Compile();
  let steps = 0, played = 0, words = 0;
  const play = () => {
    story.ResetState();
    for (;;) {
      while (story.canContinue) words += story.Continue().length;
      const choices = story.currentChoices;
      if (!choices.length) break;
      story.ChooseChoiceIndex(Math.floor(Math.random() * choices.length));
      steps += 1;
    }
    played += 1;
  };
  let begun;
  const spent = () => {
    const used = process.cpuUsage(begun);
    return (used.user + used.system) / 1e6;
  };
  // Once to warm up, once to count.
  for (const counted of [false, true]) {
    begun = process.cpuUsage();
    steps = played = 0;
    while (spent() < seconds) play();
  }
  console.log(JSON.stringify({ steps, played, seconds: spent(), words }));
});
"""


def missing() -> str:
    """What is not there that playing needs; empty where all is."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (NODE / "node_modules" / "inkjs").is_dir():
        return "inkjs is not installed: make .venv/node/.inkjs"
    return ""


def steps_a_second(source: str, seconds: float) -> tuple[float, float]:
    """How many choices inkjs makes in a second of its process, and how many make a play."""
    told = subprocess.run(
        ["node", "-e", _PLAYING, str(seconds)],
        input=source,
        capture_output=True,
        text=True,
        check=True,
        cwd=NODE,
    ).stdout
    found = json.loads(told)
    return found["steps"] / found["seconds"], found["steps"] / found["played"]
