"""Files as people write them by hand: plans, programmes, settings and thresholds, right, wrong and hostile."""

from __future__ import annotations

import json
from typing import Any

from reloadpt.program.library import shipped_folder
from reloadpt.settings import default_text
from sample_logs import HOSTILE

AGE_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
"""The key that age's own documentation shows."""
TARGET: dict[str, Any] = {"muscle": "multifidus", "intent": "wake", "needled_at": "2026-11-20T09:00:00+01:00"}
LEAST: dict[str, Any] = {
    "format": "reloadpt-plan/1",
    "id": "p1",
    "patient": "A-17",
    "made_at": "2026-11-20T09:30:00+01:00",
    "targets": [TARGET],
}


def plans() -> dict[str, bytes]:
    """Plan files by name: those that can be used, and those that are refused for one thing each."""
    good = {"least": LEAST, **{name: LEAST | more for name, more in _good_plans().items()}}
    bad = {f"bad-{name}": LEAST | more for name, more in _bad_plans().items()}
    text = _text(LEAST)
    return {
        **{name: _text(plan) for name, plan in {**good, **bad}.items()},
        "with-a-mark-before-it": b"\xef\xbb\xbf" + text,
        "with-line-ends-of-windows": text.replace(b"\n", b"\r\n"),
        "bad-no-targets": _text({name: value for name, value in LEAST.items() if name != "targets"}),
        "bad-empty": b"",
        "bad-cut-short": text[:150],
        "bad-a-list": b"[1, 2]\n",
        "bad-a-name-twice": text.replace(b'"id"', b'"patient": "B-2",\n "id"'),
        "bad-not-utf-8": text.replace(b"A-17", b"A-\xff"),
        "bad-not-a-number": text.replace(b'"A-17"', b"NaN"),
        "bad-half-a-sign": text.replace(b"A-17", b"\\ud83d"),
        "bad-nested-too-deep": b"[" * 300 + b"]" * 300,
        "bad-a-number-too-long": text.replace(b'"p1"', b"1" * 5000),
        "bad-with-a-comment": b"// mine\n" + text,
    }


def _good_plans() -> dict[str, dict[str, Any]]:
    sites = ("upper-trapezius", "levator-scapulae", "pectorals", "rotator-cuff", "forearm-extensors")
    return {
        "of-a-clinic": {
            "$schema": "plan.schema.json",
            "made_by": "an invented clinic",
            "ends": "2027-01-15T18:00:00+01:00",
            "complaint": "low back pain",
            "start_pain": 4,
            "known_symptoms": ["numb toes since 2019"],
            "activities": ["sit for an hour", "lift a full basket"],
            "targets": [
                TARGET | {"side": "left", "stim": True, "early": True, "ceiling": "reload"},
                TARGET | {"side": "right", "limits": {"reload": 3}},
                {"muscle": "lumbar-paraspinals", "intent": "calm", "needled_at": "2026-11-20T09:05:00+01:00"},
            ],
            "doses": [
                {"exercise": "multifidus/bird-dog", "sets": 2, "reps": 6, "often": {"times": 3, "per": "week"}},
                {"exercise": "lumbar-paraspinals/bird-dog", "omit": True},
            ],
            "demanding": [],
            "cannot": ["prone"],
            "has": ["mat", "chair"],
            "limits": {"reset": 2, "activate": 3},
            "progression": "fixed",
            "most_exercises": 3,
            "screened": [
                {"item": "pacemaker", "answer": "no"},
                {"item": "anticoagulants", "answer": "yes", "override": {"reason": "dose checked", "by": "the clinic"}},
                {"item": "infection"},
            ],
            "contact": {"clinic": "an invented clinic", "phone": "01632 960017", "emergency": "999"},
            "next_visit": "2026-12-04T10:00:00+01:00",
            "share_key": AGE_KEY,
            "note": "Take it slowly.\nAsk when in doubt.",
        },
        "five-muscles": {"targets": [TARGET | {"muscle": muscle, "intent": "calm"} for muscle in sites]},
        "with-an-exercise-of-its-own": {
            "exercises": [_programme("multifidus")["exercises"][0] | {"id": "multifidus/of-its-own", "name": "Of its own"}],
            "doses": [{"exercise": "multifidus/of-its-own", "sets": 2}],
        },
        "hostile-words": {"patient": HOSTILE[22], "complaint": HOSTILE[0], "note": "\n".join(HOSTILE), "id": HOSTILE[21]},
        "in-another-zone": {"made_at": "2026-11-20T22:30:00-09:30", "targets": [TARGET | {"needled_at": "2026-11-21T08:00:00Z"}]},
    }  # fmt: skip


def _bad_plans() -> dict[str, dict[str, Any]]:
    return {
        "a-misspelled-name": {"complain": "back"},
        "a-misspelled-word": {"progression": "guidde"},
        "another-format": {"format": "reloadpt-plan/2"},
        "no-offset": {"made_at": "2026-11-20T09:30:00"},
        "no-time": {"made_at": "yesterday"},
        "pain-too-high": {"start_pain": 11},
        "a-number-in-signs": {"most_exercises": "4"},
        "a-true-for-a-number": {"start_pain": True},
        "no-alias": {"patient": ""},
        "nobody-needled": {"targets": []},
        "one-site-twice": {"targets": [TARGET, TARGET]},
        "both-and-left": {"targets": [TARGET, TARGET | {"side": "left"}]},
        "an-unknown-muscle": {"targets": [TARGET | {"muscle": "multifidos"}]},
        "an-unknown-exercise": {"doses": [{"exercise": "multifidus/bird-dogs", "sets": 2}]},
        "an-unknown-side": {"targets": [TARGET | {"side": "l"}]},
        "a-wrong-tempo": {"doses": [{"exercise": "multifidus/bird-dog", "tempo": "slow"}]},
        "a-sign-that-stops": {"screened": [{"item": "infection", "answer": "yes"}]},
        "too-many-activities": {"activities": list("abcdef")},
        "many-things": {
            "complain": "",
            "start_pain": -1,
            "targets": [{"muscle": 3}],
            "contact": {"fone": "1"},
        },
        "a-hostile-name": {HOSTILE[19]: HOSTILE[0]},
    }


def own_exercises() -> dict[str, dict[str, bytes]]:
    """Folders of a person's own programmes, by name: the files by muscle."""
    calf = _programme("calf")
    calf.pop("$schema")
    first, *others = calf["exercises"]
    dose = first["dose"]

    def changed(**fields: Any) -> dict[str, bytes]:
        return {"calf": _text(calf | {"exercises": [first | fields, *others]})}

    return {
        "one-changed": changed(name="Ankle pumps, our way", dose=dose | {"sets": 3}),
        "a-new-muscle": {"own-muscle": _text(_of_muscle(calf, "own-muscle"))},
        "two-files": {"calf": _text(calf), "jaw": _text(_programme("jaw"))},
        "bad-a-misspelled-field": changed(naem="x"),
        "bad-a-misspelled-phase": changed(phase="rest"),
        "bad-no-dose": {"calf": _text(calf | {"exercises": [{k: v for k, v in first.items() if k != "dose"}, *others]})},
        "bad-a-source-that-is-not-there": changed(evidence="nobody-2020"),
        "bad-an-id-of-another-muscle": changed(id="jaw/ankle-pumps"),
        "bad-an-id-twice": {"calf": _text(calf | {"exercises": [first, first, *others]})},
        "bad-a-phase-without-exercise": {
            "calf": _text(calf | {"exercises": [exercise | {"phase": "reset"} for exercise in calf["exercises"]]})
        },
        "bad-a-figure-that-cannot-be": changed(
            figure=first["figure"] | {"frames": [{"posture": "supine", "angles": {"knee_right": -170}}]}
        ),
        "bad-another-muscle-than-its-name": {"jaw": _text(calf)},
        "bad-not-json": {"calf": _text(calf)[:500]},
        "hostile-words": changed(name=HOSTILE[0], cue=HOSTILE[20], feel=HOSTILE[19]),
    }  # fmt: skip


def settings() -> dict[str, bytes]:
    """Settings files by name: good, odd and hostile."""
    begun = default_text()
    changed = (
        'theme = "high-contrast"\nmotion = false\nbig_digits = true\nsound = false\nspeech = true\n'
        "count_aloud = true\nflash = false\nmouse = false\nask_after_each_exercise = true\n"
        'reminders = ["07:30", "21:15"]\n\n[keys]\n# with the left hand\ndone = "f"\n'
    )
    told = {
        "as-begun": begun,
        "all-changed": changed,
        "one-changed": '# mine\ntheme = "light"   # calm\n',
        "empty": "",
        "odd-an-unknown-name": "motoin = true\nsound = false\n",
        "odd-a-wrong-value": 'theme = "blue"\nmotion = false\n',
        "odd-a-number-for-yes": "sound = 1\nspeech = true\n",
        "odd-times": 'reminders = ["9:00", "25:00"]\n',
        "odd-too-many-times": f"reminders = {['09:00'] * 13}\n".replace("'", '"'),
        "odd-no-times": "reminders = []\n",
        "odd-keys": '[keys]\ndone = 3\n"[/]" = "x"\n',
        "odd-keys-of-unknown-actions": '[keys]\nfly = "f"\n',
        "odd-a-table-for-a-word": "[theme]\nname = 'dark'\n",
        "odd-line-ends-of-windows": changed.replace("\n", "\r\n"),
        "hostile-not-toml": "theme = = dark\n",
        "hostile-a-name-twice": "motion = true\nmotion = false\n",
        "hostile-cut-short": changed[:90],
        "hostile-deep": f"keys = {'[' * 3000}{']' * 3000}\n",
        "hostile-words": '"\\u001b]0;owned\\u0007" = 1\ntheme = "[/] <script>\\u202e"\nmotion = false\n',
        "hostile-a-long-value": f'theme = "{"dark" * 500}"\n',
    }
    return {
        **{name: text.encode() for name, text in told.items()},
        "odd-a-mark-before-it": b"\xef\xbb\xbf" + changed.encode(),
        "hostile-not-utf-8": b'theme = "d\xffrk"\n',
        "hostile-bytes": bytes(range(256)),
        "hostile-utf-16": changed.encode("utf-16"),
    }


def thresholds() -> dict[str, bytes]:
    """A clinic's thresholds by name."""
    return {
        "two-changed": b'{"pain_high": 6, "no_report_days": 7}\n',
        "empty": b"{}\n",
        "bad-a-misspelled-name": b'{"pain_hihg": 6}\n',
        "bad-a-value-too-high": b'{"pain_high": 11}\n',
        "bad-a-word": b'{"dropped_days": "many"}\n',
        "bad-a-list": b"[]\n",
        "bad-not-json": b"pain_high = 6\n",
    }


def _text(value: dict[str, Any]) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def _programme(muscle: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((shipped_folder() / f"{muscle}.json").read_bytes())
    return told


def _of_muscle(programme: dict[str, Any], muscle: str) -> dict[str, Any]:
    """The same programme as that of another muscle."""
    renamed = [
        exercise | {"id": f"{muscle}/{exercise['id'].partition('/')[2]}"}
        for exercise in programme["exercises"]
    ]
    return programme | {"muscle": muscle, "exercises": renamed}
