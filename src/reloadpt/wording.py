"""Every sentence about care that a person is shown, each with what it rests on, for a therapist to review.

A ``Sentence`` may hold ``{names}`` that are filled in where it is shown. Its ``source`` is a publication,
``general practice``, or ``our proposal`` for what this software proposes and a therapist has to approve.
"""

from __future__ import annotations

from dataclasses import dataclass

GENERAL_PRACTICE = "general practice"
PROPOSAL = "our proposal"


@dataclass(frozen=True)
class Sentence:
    """Something said about care, and what it rests on."""

    text: str
    source: str

    def __call__(self, **values: object) -> str:
        """The text with its names filled in."""
        return self.text.format(**values)


# Screening, asked before a plan is made ------------------------------------------------------------

SCREENING = {
    "first-trimester-pregnancy": Sentence("Pregnant, in the first three months?", "PMC3924615 table 3"),
    "anticoagulants": Sentence("On blood thinners that are not well controlled?", "PMC3924615 table 3"),
    "compromised-immunity": Sentence(
        "An immune system weakened by illness or medicine?", "PMC3924615 table 3"
    ),
    "infection": Sentence("An infection now, in the area or with a fever?", "PMC3924615 table 3"),
    "active-tumour": Sentence("A tumour that is active or being treated?", GENERAL_PRACTICE),
    "pacemaker": Sentence("A pacemaker or implanted defibrillator near the area?", GENERAL_PRACTICE),
    "recent-surgery": Sentence("Surgery in the area in the last weeks?", "PMC3924615 table 3"),
}

SCREENING_STOP = Sentence(
    "You answered yes to: {items}. Please speak to your therapist before any exercise; "
    "this program will not deal any until a therapist has made the plan.",
    PROPOSAL,
)

# Warning signs ------------------------------------------------------------

SIGNS_QUESTION = Sentence("New, or clearly worse, since the needling?", PROPOSAL)

SIGNS = {
    "ST": Sentence(
        "Short of breath, pain on breathing in, chest or shoulder-tip pain, a dry cough, blue lips",
        "pneumothorax cases after needling: Mintken 2025, Patel 2019, Tagami 2013, Hampton 2014",
    ),
    "SN": Sentence(
        "Sudden severe neck or back pain; weakness or numbness in an arm or leg; double vision, slurred "
        "speech, a sudden fall, the worst headache ever",
        "epidural haematoma after needling: Spine 2011;36:E891, Berrigan 2018; general practice",
    ),
    "SL": Sentence(
        "Numb between the legs or in the genitals, cannot pass or feel urine, new leaking of urine or stool, "
        "signs in both legs",
        "backes.org.uk cauda equina warning signs",
    ),
    "SV": Sentence(
        "A tense swelling that grows, pain out of all proportion, a hot swollen calf",
        "structureandfunction.net on needling and anticoagulants; general practice",
    ),
    "SI": Sentence(
        "Redness that spreads, heat, pus, swelling, a fever of 38 °C or more, shivering",
        "infections after needling: PubMed 21875353 and other cases",
    ),
    "SA": Sentence(
        "A wrist that drops, or numbness in the arm or hand that stays", "McManus 2018 BMJ Case Rep"
    ),
    "SG": Sentence(
        "A foot that drops, or numbness in the leg or foot that stays", "McManus 2018; general practice"
    ),
    "SB": Sentence(
        "Bleeding that has not stopped after 10 to 15 minutes of pressure, a bruise that grows fast",
        GENERAL_PRACTICE,
    ),
    "SF": Sentence("Light-headed, sweaty, grey", "PMC5733642; general practice"),
    "SP": Sentence(
        "Cannot pass urine, blood in urine or stool, fever, pelvic pain that rises, bleeding in pregnancy",
        GENERAL_PRACTICE,
    ),
    "SJ": Sentence("Jaw locked open or closed, a swollen face with fever, a weak face", GENERAL_PRACTICE),
}

ADVICE = {
    "emergency": Sentence("Call {emergency} now. Say that you had dry needling, and when.", GENERAL_PRACTICE),
    "same_day": Sentence(
        "Call your clinic now{phone}. Closed? Call the out-of-hours service{out_of_hours}. "
        "If you get worse or feel very unwell, call {emergency}.",
        GENERAL_PRACTICE,
    ),
    "faint": Sentence(
        "Lie down with your legs up. Not well in 10 minutes, chest pain, or hurt in a fall: call {emergency}. "
        "No exercise today.",
        GENERAL_PRACTICE,
    ),
}

NOT_TOLD = Sentence("Your therapist has NOT been told. Call.", PROPOSAL)
LOCKED = Sentence(
    "Exercise stays closed until someone who treats you has seen you and says that you may go on.", PROPOSAL
)
IT_HURTS = Sentence(
    "That exercise is left out for today and written down. Sharp, spreading or tingling pain that stays: "
    "call your therapist.",
    PROPOSAL,
)

# What is due, and why ------------------------------------------------------------

WHY = {
    "phase.reset": Sentence(
        "{muscle}: the first day after the needle, gentle movement only. {dose}.", PROPOSAL
    ),
    "phase.time": Sentence("{muscle}: day {day} after the needle, gentle activation. {dose}.", PROPOSAL),
    "phase.response": Sentence("{muscle}: {phase}, day {day} after the needle. {dose}.", PROPOSAL),
    "dose.sore": Sentence("Half of its sets: soreness {score} of 10 is above 3.", PROPOSAL),
    "dose.plan": Sentence("Your therapist set this dose.", PROPOSAL),
    "merged": Sentence("Once for {muscles}: it is the same movement, at the lower dose.", PROPOSAL),
    "calm.daily": Sentence("{muscle}: the daily exercise that keeps it calm. {dose}.", PROPOSAL),
}

LEFT_OUT_POSITION = Sentence("{name} is left out: your plan says that you cannot {cannot}.", PROPOSAL)
LEFT_OUT_EQUIPMENT = Sentence("{name} is left out: it needs what you do not have ({equipment}).", PROPOSAL)
LEFT_OUT_PAIN = Sentence("{name} is left out: it was stopped for pain twice. Ask your therapist.", PROPOSAL)
ALONE = Sentence(
    "You made this plan yourself, so it deals only the gentle first exercises. For more, ask a therapist.",
    PROPOSAL,
)
ALONE_NOT_THESE = Sentence("{muscle}: only with a plan that a therapist made.", PROPOSAL)
UNANSWERED = Sentence(
    "Not answered when the plan was made: {items}. Ask your therapist about them.", PROPOSAL
)
PLAN_OVER = Sentence("This plan has ended. Please see your therapist for the next one.", PROPOSAL)
EASY_DAY = Sentence(
    "Pain {pain} of 10 is at or above your line of {limit}: an easy day, gentle movement only.", PROPOSAL
)

# Alerts: what a therapist is told, in the report and in the caseload -----------------------------------

ALERTS = {
    "warning_sign": Sentence("Warning sign {code} on {day}, not cleared: {sign}.", PROPOSAL),
    "stopped": Sentence(
        "{muscle}: {reds} of the last {of} judged days went too far; its exercises are stopped.", PROPOSAL
    ),
    "easy_run": Sentence("{muscle}: {days} easy days running, gentle movement only.", PROPOSAL),
    "pain_high": Sentence("Pain {scores} on the last mornings; it was {start} at the start.", PROPOSAL),
    "sore_late": Sentence("{site}: soreness {score} of 10, {days} days after the needle.", PROPOSAL),
    "function_down": Sentence("Activities are down: {before} of 10 at first, {now} now.", PROPOSAL),
    "stalled": Sentence("Nothing was written for {days} days before the report.", PROPOSAL),
    "dropped": Sentence("Nothing was written for {days} days before the report.", PROPOSAL),
    "stepped_back": Sentence(
        "{muscle}: {reds} of the last {of} judged days went too far; one phase back.", PROPOSAL
    ),
    "pain_up": Sentence("Pain is up: {start} of 10 at the start, {now} now.", PROPOSAL),
    "held": Sentence("{muscle}: {days} days in {phase}.", PROPOSAL),
    "missed": Sentence("{days} planned days in a row not opened, {first} to {last}.", PROPOSAL),
    "left_out": Sentence(
        "{exercise} was stopped for pain in {times} sessions and is left out since.", PROPOSAL
    ),
    "no_report": Sentence("No report for {days} days.", PROPOSAL),
    "plan_over": Sentence("The plan ended on {day}.", PROPOSAL),
}
