"""Every sentence about care that a person is shown, each with what it rests on, for a therapist to review.

A ``Sentence`` may hold ``{names}`` that are filled in where it is shown. Its ``source`` is a publication,
``general practice``, or ``our proposal`` for what this software proposes and a therapist has to approve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_THERAPIST = re.compile(r"\b([Yy]our|[Mm]y) therapist\b")
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

STOP_HERE = Sentence("Speak to your therapist first.", PROPOSAL)
SCREENING_STOP = Sentence(
    "You answered yes to: {items}. Please speak to your therapist before any exercise; "
    "this program gives you none until a therapist has made the plan.",
    PROPOSAL,
)

# Warning signs ------------------------------------------------------------

SIGNS_QUESTION = Sentence("New, or clearly worse, since the needling?", PROPOSAL)
EVEN_ONE = Sentence("If you have even one of these, mark it.", PROPOSAL)
WHICH_GROUP = Sentence("Is there anything of these? Mark it, and it opens.", PROPOSAL)
ONE_NOW = Sentence("Do you have even one of them now, new or worse than before the needle?", PROPOSAL)
ONE_NOW_YES = Sentence("Yes, I have it now.", PROPOSAL)
ONE_NOW_NO = Sentence("No. It was marked by mistake, or it is no worse than before.", PROPOSAL)
SIGN_GROUPS = {
    "ST": Sentence("Breathing and chest", PROPOSAL),
    "SN": Sentence("Neck, back, strength, sight and speech", PROPOSAL),
    "SW": Sentence("Strength, feeling, sight and speech", PROPOSAL),
    "SL": Sentence("Bladder, bowel, between the legs", PROPOSAL),
    "SV": Sentence("Swelling, or a hot calf", PROPOSAL),
    "SK": Sentence("Back and neck", PROPOSAL),
    "SI": Sentence("Skin and fever", PROPOSAL),
    "SA": Sentence("Arm and hand", PROPOSAL),
    "SG": Sentence("Leg and foot", PROPOSAL),
    "SP": Sentence("Pelvis", PROPOSAL),
    "SR": Sentence("Side, below the ribs", PROPOSAL),
    "SJ": Sentence("Jaw and face", PROPOSAL),
    "SB": Sentence("Bleeding", PROPOSAL),
    "SF": Sentence("Faint", PROPOSAL),
}
"""What the signs are called together, each group one line that opens."""
WORRY = Sentence("Something else worries me", PROPOSAL)
ASK_WORRY = Sentence("What worries you? Your words go into the file for your therapist.", PROPOSAL)
ASK_BESIDE = Sentence("Do you have any of these beside the pain?", PROPOSAL)
BESIDE = {
    "fever": Sentence("A fever, or shivering", PROPOSAL),
    "fall": Sentence("A fall or a blow, before it began", PROPOSAL),
    "weakness": Sentence("An arm or a leg that is weak or numb", PROPOSAL),
}
"""What makes an emergency of sudden severe pain in the back or neck."""
NOTHING_BESIDE = Sentence("None of these.", PROPOSAL)
WORRIED = Sentence("Something else worries me: {words}", PROPOSAL)
CALL_WITH_WORRY = Sentence(
    "Do not wait for an answer here: nobody has been told. If it worries you, call.", PROPOSAL
)

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
    "SW": Sentence(
        "New weakness in an arm or leg; new numbness or clumsiness in a hand or foot; new trouble with bladder or "
        "bowel; a drooping face; slurred speech; double vision; the worst headache ever",
        "epidural haematoma after needling: Spine 2011;36:E891, Berrigan 2018; general practice",
    ),
    "SL": Sentence(
        "Numb between the legs or in the genitals; numb when you wipe; cannot start to pee or cannot feel it; new "
        "leaking of urine or stool; pain or numbness or weakness in both legs",
        "backes.org.uk cauda equina warning signs",
    ),
    "SV": Sentence(
        "A tense swelling that grows, pain out of all proportion, a hot swollen calf",
        "structureandfunction.net on needling and anticoagulants; general practice",
    ),
    "SK": Sentence("Sudden severe pain in the back or neck", GENERAL_PRACTICE),
    "SI": Sentence(
        "Redness that spreads, heat, pus, swelling, a fever of 38 °C (100.4 °F) or more, shivering",
        "infections after needling: PubMed 21875353 and other cases",
    ),
    "SA": Sentence("A wrist that drops; numbness in the arm or hand that stays", "McManus 2018 BMJ Case Rep"),
    "SG": Sentence(
        "A foot that drops; numbness in the leg or foot that stays", "McManus 2018; general practice"
    ),
    "SB": Sentence(
        "Bleeding that has not stopped after 10 to 15 minutes of pressure, a bruise that grows fast",
        GENERAL_PRACTICE,
    ),
    "SF": Sentence("Faint, sweaty or very pale", "PMC5733642; general practice"),
    "SP": Sentence(
        "Cannot pass urine, blood in urine or stool, fever, pelvic pain that rises, bleeding in pregnancy",
        GENERAL_PRACTICE,
    ),
    "SR": Sentence("Pain in your side below the ribs; blood in the urine", GENERAL_PRACTICE),
    "SJ": Sentence("Jaw locked open or closed, a swollen face with fever, a weak face", GENERAL_PRACTICE),
}


ADVICE = {
    "emergency": Sentence("Call {emergency} now. Say that you had dry needling, and when.", GENERAL_PRACTICE),
    "same_day": Sentence("If you get worse or feel very unwell, call {emergency}.", GENERAL_PRACTICE),
    "faint": Sentence(
        "Not well in 10 minutes, chest pain, or hurt in a fall: call {emergency}. No exercise today.",
        GENERAL_PRACTICE,
    ),
}
SAME_DAY = {
    "phone": Sentence("Call {clinic} now: {phone}.", GENERAL_PRACTICE),
    "closed": Sentence("Closed? Call the out-of-hours service: {out_of_hours}.", GENERAL_PRACTICE),
    "out_of_hours": Sentence("Call the out-of-hours service now: {out_of_hours}.", GENERAL_PRACTICE),
    "doctor": Sentence("Have a doctor look at it today.", GENERAL_PRACTICE),
}
"""What comes first after a same-day sign, by the numbers that there are."""
FAINT_POSITION = {
    "lie": Sentence("Lie down with your legs up.", GENERAL_PRACTICE),
    "left": Sentence("Lie down on your left side.", GENERAL_PRACTICE),
    "sit": Sentence("Sit down and lean back.", GENERAL_PRACTICE),
}
"""How somebody who is faint gets blood to the head: pregnant on the left side, breathless lying flat sitting."""
BROKEN_BONE = Sentence("It may be a broken bone: be seen today.", GENERAL_PRACTICE)

CALL_NOW = {
    "emergency": Sentence("Call now: emergency", GENERAL_PRACTICE),
    "phone": Sentence("Call now: {clinic}", GENERAL_PRACTICE),
    "out_of_hours": Sentence("Call now: out of hours", GENERAL_PRACTICE),
    "faint": Sentence("Not well in 10 minutes? Call", GENERAL_PRACTICE),
}
"""What stands above the number to call first."""
CALL_ELSE = {
    "emergency": Sentence("Worse, or very unwell? Call", GENERAL_PRACTICE),
    "phone": Sentence("Then tell {clinic}", GENERAL_PRACTICE),
    "out_of_hours": Sentence("Closed? Out of hours", GENERAL_PRACTICE),
}
"""What stands above the other numbers."""
YOUR_CLINIC = Sentence("your clinic", PROPOSAL)
NOT_TOLD = Sentence(
    "Nobody has been told. This goes in the file for your therapist. Send it, and call.", PROPOSAL
)
NOBODY_TOLD = Sentence("Nobody has been told. Call.", PROPOSAL)
LOCKED = Sentence(
    "Exercise stays closed until someone who treats you has seen you and says that you may go on.", PROPOSAL
)
CLINIC_LINE = Sentence("To call {clinic}: {phone}.", PROPOSAL)
CLINIC_CLOSED = Sentence("Closed? {out_of_hours}.", PROPOSAL)

# What is due, and why ------------------------------------------------------------

WHY = {
    "phase.reset": Sentence(
        "Gentle movement only on the first day after the needle in {muscle}: {dose}.", PROPOSAL
    ),
    "phase.return": Sentence(
        "Gentle movement only, {dose}, after a warning sign: one good day brings {muscle} back to its phase.",
        PROPOSAL,
    ),
    "phase.held": Sentence(
        "Gentle activation only, {dose}: soreness in {muscle} was {score} of 10 {rated}, above 3.", PROPOSAL
    ),
    "phase.unanswered": Sentence(
        "Gentle activation only, {dose}: {muscle} was needled again {needled}, and you have not said yet how sore it is.",
        PROPOSAL,
    ),
    "phase.time": Sentence(
        "Gentle activation on day {number} after the needle in {muscle}: {dose}.", PROPOSAL
    ),
    "phase.ceiling": Sentence("{phase} for {muscle}, as far as your plan goes: {dose}.", PROPOSAL),
    "phase.response": Sentence("{phase} for {muscle}, day {number} after the needle: {dose}.", PROPOSAL),
    "phase.opened": Sentence(
        "{phase} for {muscle}, opened {since} because the days before went well: {dose}.", PROPOSAL
    ),
    "phase.away": Sentence("Back to {phase}, {dose}: {gap} days since {muscle} was exercised.", PROPOSAL),
    "phase.flare": Sentence(
        "Back to {phase}, {dose}: pain was 2 or more above the start on several mornings.", PROPOSAL
    ),
    "phase.back": Sentence(
        "Back to {phase}, {dose}: {cause}, twice within three days of exercise.", PROPOSAL
    ),
    "dose.sore": Sentence(
        "Half of the sets, {dose}: soreness in {muscle} was {score} of 10 {rated}, above 3.", PROPOSAL
    ),
    "dose.away": Sentence("{head}: {gap} days since {muscle} was exercised.", PROPOSAL),
    "dose.needled": Sentence("{head}: {muscle} was needled again {needled}.", PROPOSAL),
    "dose.cut": Sentence("{head}: {cause}.", PROPOSAL),
    "dose.rise": Sentence(
        "{head}: your mornings were {rise} higher in the week up to {day} than in the week before.", PROPOSAL
    ),
    "dose.kept": Sentence("Kept at {dose}: {cause}.", PROPOSAL),
    "dose.restored": Sentence(
        "Back up to {dose}: two good days, the last with pain {during} during {day}.", PROPOSAL
    ),
    "dose.step": Sentence(
        "{head} ({step}): two sessions with room for more, and pain {during} during {day}.", PROPOSAL
    ),
    "dose.harder": Sentence(
        "A harder exercise, {dose}, in place of {easier}, of which there is no more to do.", PROPOSAL
    ),
    "dose.more": Sentence("Up to {dose}: what made it less is over.", PROPOSAL),
    "dose.less": Sentence("Down to {dose}, by what may do least of it now.", PROPOSAL),
    "dose.weight": Sentence("A new weight, {dose}, by what is at home.", PROPOSAL),
    "dose.plan": Sentence("{dose}, as your therapist set it for {muscle}.", PROPOSAL),
    "dose.fixed": Sentence("{dose} for {muscle}; your therapist keeps the doses as they are.", PROPOSAL),
    "dose.same": Sentence("{dose} again: pain {during} during {day}, {morning} {next_morning}.", PROPOSAL),
    "day.easy": Sentence(
        "An easy day for {muscle}, {dose}: pain {pain} now has reached your pain limit of {limit}.", PROPOSAL
    ),
    "stop": Sentence(
        "Breathing only for {muscle}, {dose}: {reds} of its last {of} days went too far, so speak to your therapist.",
        PROPOSAL,
    ),
    "away.ask": Sentence(
        "Breathing only for {muscle}, {dose}: {gap} days without exercise, so ask your therapist first.",
        PROPOSAL,
    ),
    "plan.late": Sentence(
        "Breathing only, {dose}: your plan ended {ended}, so see your therapist for the next one.", PROPOSAL
    ),
    "wake.kept": Sentence("Kept up twice a week, so that {muscle} stays awake: {dose}.", PROPOSAL),
    "calm.daily": Sentence("The daily exercise that keeps {muscle} calm: {dose}.", PROPOSAL),
    "easier": Sentence(
        "An easier one for {muscle}, {dose}, in place of what you cannot do at home.", PROPOSAL
    ),
    "easier.cleared": Sentence(
        "An easier one for {muscle}, {dose}: what comes next waits until your therapist clears you for it.",
        PROPOSAL,
    ),
    "easier.none": Sentence(
        "An easier one for {muscle}, {dose}: your plan has nothing else for it in this phase now.", PROPOSAL
    ),
}
"""Why an item is dealt as it is, by the code of the rule; each is one sentence."""

CAUSES = {
    "over_limit": Sentence("pain {during} during {day}, above your pain limit of {limit}", PROPOSAL),
    "above_line": Sentence(
        "pain {during} during {day}, within your pain limit of {limit} but more than on a good day", PROPOSAL
    ),
    "morning_up": Sentence("pain {morning} {next_morning}, against {baseline} before", PROPOSAL),
    "morning_above": Sentence("pain {morning} {next_morning}, against {baseline} before", PROPOSAL),
    "hurt": Sentence("an exercise was stopped for pain {day}", PROPOSAL),
    "unconfirmed": Sentence("nobody said that the sets were done {day}", PROPOSAL),
    "no_rating": Sentence("no pain was given for the exercises {day}", PROPOSAL),
    "no_morning": Sentence("no pain was given {next_morning}", PROPOSAL),
}
"""What a judged day says, to stand inside a sentence."""

HEADS = {
    "new": "{dose}",
    "same": "{dose} again",
    "up": "Up to {dose}",
    "down": "Down to {dose}",
    "weight": "A new weight, {dose}",
}
"""How a dose stands to what the exercise was dealt with the last time, to begin a reason with."""

STEPS = {
    "reps": "more repetitions",
    "hold": "longer holds",
    "return": "a slower way back",
    "set": "one set more",
    "load": "the next one that you have",
    "harder": "the harder exercise",
}
LIGHTEST = Sentence("the lightest {thing} you have", PROPOSAL)
STRONGER = Sentence("{steps} above {lightest}", PROPOSAL)
FIRST_WEIGHT = Sentence("Left out: {name} (your therapist has to say which weight you begin with).", PROPOSAL)
COUNTS_FOR = Sentence("{why}; the same movement counts for {muscles}.", PROPOSAL)

NEXT_PHASE = {
    "return": Sentence("One good day, and its phase comes back.", PROPOSAL),
    "reset": Sentence("Activate opens {when}.", PROPOSAL),
    "held": Sentence("The next phase opens once soreness is 3 or less; it was {score} {day}.", PROPOSAL),
    "unanswered": Sentence(
        "Say how sore it is, and it goes back to {phase} once that is 3 or less.", PROPOSAL
    ),
    "greens": Sentence("{phase} opens {parts}.", PROPOSAL),
    "flare": Sentence(
        "Perform opens after a week without days of much more pain than at the start, at the earliest.",
        PROPOSAL,
    ),
    "weeks": Sentence(
        "Perform opens after two weeks in which pain is rated and no day goes too far.", PROPOSAL
    ),
    "ceiling": Sentence("Your plan goes no further than {phase}.", PROPOSAL),
    "alone": Sentence("For more than {phase} you need a plan from a therapist.", PROPOSAL),
    "last": Sentence("This is the last phase.", PROPOSAL),
    "stopped": Sentence("It goes on after a word with your therapist.", PROPOSAL),
}
OPENS_WHEN = {
    "time": "{when} at the earliest",
    "greens": "after {greens} more good day{s}",
    "sore": "once soreness is 2 or less",
    "sore_unknown": "once you have said how sore it is",
    "soon": "with the next check-in",
}

CONCERNS = {
    "stopped": Sentence(
        "Stop {muscle} and speak to your therapist: {reds} of its last {of} days went too far.", PROPOSAL
    ),
    "away": Sentence(
        "Ask your therapist before you begin again: {gap} days since {muscle} was exercised.", PROPOSAL
    ),
    "easy_run": Sentence(
        "Speak to your therapist: pain has been at your pain limit for {muscle} on {days} days running.",
        PROPOSAL,
    ),
    "pain_high": Sentence(
        "Speak to your therapist this week: pain was {scores} on the last mornings, and {start} at the start.",
        PROPOSAL,
    ),
    "sore_late": Sentence(
        "Tell your therapist: {muscle} is still sore, {score} of 10, more than 72 hours after the needle.",
        PROPOSAL,
    ),
    "see_first": Sentence(
        "Your usual pain was {start} of 10 at the start. See a physiotherapist or your doctor first.",
        PROPOSAL,
    ),
    "function_down": Sentence(
        "Tell your therapist: what you can do went down, from {before} of 10 at first to {now}.", PROPOSAL
    ),
    "dropped": Sentence(
        "Nothing was written for {days} days. Speak to your therapist about how to go on.", PROPOSAL
    ),
    "stalled": Sentence(
        "Nothing was written for {days} days. Speak to your therapist about how to go on.", PROPOSAL
    ),
    "stepped_back": Sentence(
        "Tell your therapist at your next visit: {reds} of the last {of} days of {muscle} went too far.",
        PROPOSAL,
    ),
    "pain_up": Sentence(
        "Speak to your therapist: pain was {scores} on the last mornings, and {start} at the start.", PROPOSAL
    ),
    "rise": Sentence(
        "Tell your therapist: your mornings were {rise} higher in the last week than in the week before.",
        PROPOSAL,
    ),
    "held": Sentence(
        "Tell your therapist: {muscle} has been in {phase} for {days} days, longer than is usual: {why}.",
        PROPOSAL,
    ),
    "held_sore": Sentence("Tell your therapist: soreness has held {muscle} back for {days} days.", PROPOSAL),
    "missed": Sentence(
        "{days} planned days in a row went by, the first {first}, the last {last}. If something stands in the "
        "way, tell your therapist.",
        PROPOSAL,
    ),
    "left_out": Sentence(
        "Left out: {exercise} (stopped for pain in {times} sessions). Tell your therapist.", PROPOSAL
    ),
    "nothing_dealt": Sentence(
        "Nothing in your plan could be done for {days} days. Tell your therapist: it can be made to suit you.",
        PROPOSAL,
    ),
    "screening_yes": Sentence(
        "You answered since your plan was made. Yes to: {holds}. Your exercises go by it. Tell your therapist this "
        "week.",
        PROPOSAL,
    ),
    "screening_both": Sentence(
        "You answered since your plan was made. Yes to: {holds}. No to: {others}. Your exercises go by it. Tell your "
        "therapist this week.",
        PROPOSAL,
    ),
    "screening_no": Sentence(
        "You answered since your plan was made. No to: {others}. Tell your therapist at the next visit.",
        PROPOSAL,
    ),
    "no_numbers": Sentence(
        "You exercised on {days} days and gave no pain. Without it nothing can go on; a number is enough.",
        PROPOSAL,
    ),
    "plan_over": Sentence(
        "Your plan ended {day}. Please see your therapist; until {until} it goes on with the last doses.",
        PROPOSAL,
    ),
    "plan_over_late": Sentence(
        "Your plan ended {day}. Please see your therapist; until then there is only breathing.", PROPOSAL
    ),
}
"""What a patient is told of each rule of ``care/rules``; of a rule that is not here the therapist alone is told."""
HELD_WHY = {
    "sore": "it is still sore",
    "home": "what would come next does not suit your home",
    "cleared": "its exercises wait for a word",
    "design": "the programme has nothing of this phase",
    "easy": "on most days pain was at the limit before",
    "unsaid": "soreness was not said",
    "undone": "no day could be judged",
    "red": "days went too far",
    "unrated": "pain was not said",
    "high": "pain was above that of a good day",
    "few": "there were too few good days",
}
"""What keeps a muscle in a phase, to stand after a colon."""
"""What a patient should take to a therapist, by rule."""

LEFT_OUT_POSITION = Sentence("Left out: {name} (your plan says that you cannot {cannot}).", PROPOSAL)
CANNOT = {
    "floor": "get down to the floor", "back": "lie on your back", "front": "lie on your front", "kneel": "kneel",
    "stand": "stand", "overhead": "reach overhead", "one-leg": "stand on one leg",
}  # fmt: skip
LEFT_OUT_CONDITION = Sentence("Left out: {name} (not right for you: {condition}).", PROPOSAL)
LEFT_OUT_UNSURE = Sentence(
    "Not yet: {name} (a question about your health was not answered). Ask your therapist, or answer it.",
    PROPOSAL,
)
HAND_ON = Sentence("Keep a hand on something that does not move.", PROPOSAL)
KEEP_BREATHING = Sentence("Keep breathing all the way through.", PROPOSAL)
EFFORT_AT_MOST = Sentence("Effort at most 4 of 10: you can talk all the while.", PROPOSAL)
ALONE_BREATHING = Sentence(
    "You told us of: {items}. So this plan, made without a therapist, has only breathing. Ask a physiotherapist or "
    "your doctor which exercises suit you.",
    PROPOSAL,
)
NOTHING_SUITS = Sentence("Nothing in your plan suits your bed, chair and home yet. Call {call}.", PROPOSAL)
NOTHING_SUITS_ALONE = Sentence(
    "Nothing in your plan suits your bed, chair and home. Ask a physiotherapist or your doctor for exercises that do.",
    PROPOSAL,
)
YOUR_THERAPIST = Sentence("your therapist", PROPOSAL)
LEFT_OUT_EQUIPMENT = Sentence("Left out: {name} (you do not have what is needed: {equipment}).", PROPOSAL)
LEFT_OUT_LACKED = Sentence("Left out this week: {name} (you said that you lack what is needed).", PROPOSAL)
LEFT_OUT_PAIN = Sentence("Left out: {name} (stopped for pain twice). Ask your therapist.", PROPOSAL)
LEFT_OUT_TODAY = Sentence("Left out today: {name} (because of pain).", PROPOSAL)
NOTHING_OF_PHASE = Sentence("Its programme has nothing for this phase.", PROPOSAL)
ALONE = Sentence(
    "You made this plan yourself, so it has only the gentle first exercises. For more, ask a therapist.",
    PROPOSAL,
)
ALONE_NOT_THESE = Sentence("{muscle}: only with a plan that a therapist made.", PROPOSAL)
UNANSWERED = Sentence(
    "Not answered when the plan was made: {items}. Ask your therapist about them.", PROPOSAL
)
SIGNED = Sentence("{muscle}, version {version}: reviewed by {by} ({role}), {day}.", PROPOSAL)
NOT_SIGNED = Sentence("{muscle}, version {version}: not signed off yet.", PROPOSAL)
UNSIGNED = Sentence(
    "The general programme is not signed off yet ({muscles}); {by} chose it for you.", PROPOSAL
)
UNSIGNED_ALONE = Sentence("The general programme is not signed off yet ({muscles}).", PROPOSAL)
OTHER_VERSION = Sentence(
    "Your plan was made with version {planned} of {muscle}, and this program has version {here}. Tell your therapist.",
    PROPOSAL,
)
OTHER_FILE_THAN_SIGNED = Sentence(
    "{muscle}, version {version}, is not the file that was signed for your plan. Tell your therapist.",
    PROPOSAL,
)
UNANSWERED_BARS = Sentence(
    "Until then there is nothing hard. Work of the spine with a load, or as far as it goes, is left out where there is "
    "anything else.",
    PROPOSAL,
)
PAUSED = Sentence(
    "You said that you pause until {day}. Nothing is planned; what you do still counts.", PROPOSAL
)
FAINT_TODAY = Sentence("No exercise today, after feeling faint.", PROPOSAL)

# After-care by the clock ------------------------------------------------------------

AFTERCARE_EXERCISES = {
    "2-24": Sentence("Do the reset exercises three times.", PROPOSAL),
    "24-72": Sentence("Do the activate exercises once or twice a day.", PROPOSAL),
    "72": Sentence("Go on with the exercises that are due.", PROPOSAL),
}
"""What is said first of what to do, but not on a day without exercise."""
AFTERCARE_DO = {
    "0-2": (
        Sentence("Sit until you feel steady, and drink something.", GENERAL_PRACTICE),
        Sentence("Walk a little, and move gently for a minute or two every hour.", GENERAL_PRACTICE),
        Sentence("Keep the skin clean.", GENERAL_PRACTICE),
    ),
    "2-24": (
        Sentence("Take short walks. Warmth is fine if it feels good.", GENERAL_PRACTICE),
        Sentence("Sleep as usual.", GENERAL_PRACTICE),
    ),
    "24-72": (Sentence("Go about your day as usual.", GENERAL_PRACTICE),),
    "72": (),
}
AFTERCARE_AVOID = {
    "0-2": (
        Sentence(
            "driving while you feel drowsy or faint",
            "drowsiness in 0.26 % of 7,629 treatments, Brady 2014; clinics' consent forms",
        ),
        Sentence("heavy lifting", GENERAL_PRACTICE),
        Sentence("a hot tub", GENERAL_PRACTICE),
    ),
    "2-24": (
        Sentence("hard or new exercise of the needled area", GENERAL_PRACTICE),
        Sentence("deep massage where the needles were", GENERAL_PRACTICE),
        Sentence("pool, hot tub and sauna until the skin has closed", GENERAL_PRACTICE),
        Sentence("much alcohol", GENERAL_PRACTICE),
    ),
    "24-72": (
        Sentence("all-out effort, sprinting, and lowering heavy weights", GENERAL_PRACTICE),
        Sentence("needling of a site that is still sore", GENERAL_PRACTICE),
    ),
    "72": (Sentence("putting up with soreness that rises or stays above 3 of 10", PROPOSAL),),
}
AFTERCARE_NOTE = {
    "0-2": Sentence("Dizzy, short of breath or newly numb? Look at the warning signs.", PROPOSAL),
    "2-24": Sentence("Rate soreness 6 to 8 hours after the needle, and again the next morning.", PROPOSAL),
    "24-72": Sentence("Rate soreness every day.", PROPOSAL),
    "72": Sentence("Still sore 72 hours after the needle: tell your therapist.", PROPOSAL),
}
AFTERCARE_UNTIL = Sentence("{what} (until {until})", PROPOSAL)

# Alerts: what a therapist is told, in the report and in the caseload -----------------------------------

SIGN_NOT_CLEARED = Sentence(
    "A warning sign is not cleared, {sign}. Where someone has seen to it, type its code at “Signs seen to”: the new plan then ends its lock.",
    PROPOSAL,
)
LIMIT_FIRST = Sentence(
    "The usual pain is {start} of 10, and the plan states no pain limit for activate, reload and perform. State one, "
    "such as activate=7 reload=7 perform=7, or say why there is none.",
    PROPOSAL,
)
FIRES = {
    "warning_sign": "an emergency or same-day sign was marked, cleared or not, until the therapist has closed it; one not cleared is back after a day",
    "faint": "a faint was marked, until the therapist has closed it",
    "worried": "something else worried the patient, until the therapist has closed it",
    "withdrawn": "a sign was marked and taken back; an emergency sign, or one {withdrawn_times} times within {withdrawn_days} days, is this week",
    "stopped": "{reds} of the last {reds_of} judged days of a muscle went too far; it is stopped",
    "away": "a muscle was not exercised for so long that a therapist is asked first",
    "easy_run": "{easy_days} easy days running of a muscle",
    "pain_high": "pain {pain_high} or more, and {pain_high_up} or more above the start, on the last {pain_high_mornings} mornings",
    "sore_late": "soreness above {sore_above}, rated {sore_late_hours} hours or more after the needle",
    "nothing_dealt": "nothing could be dealt for {nothing_dealt_days} days",
    "see_first": "a plan made alone, with pain of 6 or more at the start",
    "function_down": "the mean of the activities fell by {function_down} or more",
    "dropped": "nothing was written for {dropped_days} days, those of a pause or a lock left out",
    "stalled": "the same for {stalled_days} days",
    "stepped_back": "{reds_stepping_back} of the last {reds_stepping_back_of} judged days of a muscle went too far",
    "pain_up": "pain {pain_up} or more above the start on the last {pain_up_mornings} mornings",
    "rise": "the mornings of a week are higher than those before, and than the start",
    "held": "a muscle has been too long in a phase, and no ceiling holds it there",
    "missed": "{missed_in_a_row} planned days in a row not opened, within {missed_within_days} days",
    "left_out": "an exercise was stopped for pain in {left_out_times} sessions",
    "gate_waits": "a muscle is held in a phase because its exercises wait for a word, or there are none",
    "limit_needed": "pain of 6 or more at the start, no limit in the plan, and {easy_days} easy days running",
    "screening": "the patient answered later what the plan left open of the screening, until a plan has it answered; this week where something holds",
    "no_numbers": "{no_numbers_days} days with sets and no pain told",
    "low": "under {low_share} of what was due in the last {low_days} planned days was done, from {low_from_days} planned days on; under {low_share_grave} it is this week",
    "unread": "entries of the log were not understood",
    "no_report": "no report for {no_report_days} days",
    "plan_over": "the plan has ended",
}
"""When each rule fires; the names in braces are thresholds that a clinic may change."""
REOPENS = Sentence("Nobody has cleared it yet: it stands at the top again after 24 hours.", PROPOSAL)
SIGN_BECAME = {
    "open": Sentence("not cleared", PROPOSAL),
    "faint": Sentence("over by itself", PROPOSAL),
    "cleared": Sentence("open {span}, cleared by {by}{how}{where}", PROPOSAL),
    "plan": Sentence("open {span}, its lock ended with a new plan", PROPOSAL),
    "somebody": Sentence("somebody", PROPOSAL),
    "in_person": Sentence(", in person", PROPOSAL),
    "by_phone": Sentence(", by phone", PROPOSAL),
    "phone_alone": Sentence(", by phone alone", PROPOSAL),
}
"""What became of a warning sign, inside the sentence that tells of it."""
ALERTS = {
    "warning_sign": Sentence("Warning sign {code}{again} on {when}, {became}: {sign}{words}.", PROPOSAL),
    "faint": Sentence("Faint{again} on {when}: {sign}.", PROPOSAL),
    "withdrawn": Sentence("Warning sign {code} marked on {when} and taken back at once: {sign}.", PROPOSAL),
    "worried": Sentence("Something else worried them on {when}{words}.", PROPOSAL),
    "stopped": Sentence(
        "{muscle}: {reds} of the last {of} judged days went too far; its exercises are stopped.", PROPOSAL
    ),
    "away": Sentence("{muscle}: {gap} days since it was exercised; breathing only.", PROPOSAL),
    "easy_run": Sentence("{muscle}: {days} easy days running, gentle movement only.", PROPOSAL),
    "pain_high": Sentence("Pain {scores} on the last mornings; it was {start} at the start.", PROPOSAL),
    "sore_late": Sentence("{muscle}: soreness {score} of 10, {days} days after the needle.", PROPOSAL),
    "see_first": Sentence("A plan made alone, with pain {start} of 10 at the start.", PROPOSAL),
    "function_down": Sentence("Activities are down: {before} of 10 at first, {now} now.", PROPOSAL),
    "stalled": Sentence("Nothing was written for {days} days before the report.", PROPOSAL),
    "dropped": Sentence("Nothing was written for {days} days before the report.", PROPOSAL),
    "stepped_back": Sentence("{muscle}: {reds} of the last {of} judged days went too far.", PROPOSAL),
    "pain_up": Sentence("Pain is up: {start} of 10 at the start, {scores} on the last mornings.", PROPOSAL),
    "rise": Sentence("Mornings of the last week are {rise} higher than those of the week before.", PROPOSAL),
    "held": Sentence("{muscle}: {days} days in {phase}: {why}.", PROPOSAL),
    "held_sore": Sentence("{muscle}: held back by soreness for {days} days.", PROPOSAL),
    "gate_waits_cleared": Sentence(
        "{muscle}: {phase} waits for your word: its exercises are not cleared.", PROPOSAL
    ),
    "gate_waits_design": Sentence(
        "{muscle}: the programme has nothing of {phase} that this plan allows.", PROPOSAL
    ),
    "limit_needed": Sentence("No pain limit is stated, and pain was {start} of 10 at the start.", PROPOSAL),
    "missed": Sentence("{days} planned days in a row not opened, {first} to {last}.", PROPOSAL),
    "left_out": Sentence("Stopped for pain in {times} sessions and left out since: {exercise}.", PROPOSAL),
    "nothing_dealt": Sentence("Nothing in the plan could be dealt for {days} days.", PROPOSAL),
    "screening_yes": Sentence("Answered by the patient since the plan was made: yes to {holds}.", PROPOSAL),
    "screening_both": Sentence(
        "Answered by the patient since the plan was made: yes to {holds}; no to {others}.", PROPOSAL
    ),
    "screening_no": Sentence("Answered by the patient since the plan was made: no to {others}.", PROPOSAL),
    "no_numbers": Sentence("Sets on {days} days since {first}, and no pain was told.", PROPOSAL),
    "low": Sentence("{done} of {planned} sets due on the last {days} planned days were done.", PROPOSAL),
    "unread": Sentence("Entries that were not understood: {count}. They are in no figure.", PROPOSAL),
    "no_report": Sentence("No report for {days} days.", PROPOSAL),
    "plan_over": Sentence("The plan ended on {day} {year}.", PROPOSAL),
    "plan_over_late": Sentence("The plan ended on {day} {year}; there is only breathing since.", PROPOSAL),
}

# Questions, each answered with one key -------------------------------------

HOW_ARE_YOU = Sentence("How are you?", PROPOSAL)
HOW_WAS_IT = Sentence("How was it?", PROPOSAL)
SHEET_PAIN = Sentence("The pain you came for, now", PROPOSAL)
SHEET_WORST = Sentence("Worst since yesterday", PROPOSAL)
SHEET_ACTIVITIES = Sentence(
    "How well does it go now? Here 10 is good.", "patient-specific functional scale; our words"
)
SHEET_SORE = Sentence("Sore from the needle, {place}", PROPOSAL)
SHEET_PAIN_THEN = Sentence("The pain you came for, then", PROPOSAL)
SHEET_SORE_THEN = Sentence("Sore from the needle then, {place}", PROPOSAL)
ASK_WORST_THEN = Sentence("The worst pain in it?", PROPOSAL)
SORE_LAST = Sentence("Soreness where the needle was, last time: {told}.", PROPOSAL)
ASK_BARRIER = Sentence("Two planned days went by. What stood in the way?", PROPOSAL)
NOT_SAID = Sentence("I would rather not say", PROPOSAL)
ASK_WHO = Sentence("Who treats you, and said that you may go on?", PROPOSAL)
KNOWN_SYMPTOM = Sentence("You told your therapist about: {symptom}. It counts only if it is worse.", PROPOSAL)
BARRIERS = {
    "time": Sentence("No time", PROPOSAL),
    "pain": Sentence("Pain, or fear of it", PROPOSAL),
    "forgot": Sentence("I forgot", PROPOSAL),
    "felt_well": Sentence("I felt well without it", PROPOSAL),
    "ill": Sentence("Ill, or away", PROPOSAL),
    "unsure": Sentence("I was not sure how", PROPOSAL),
    "other": Sentence("Something else", PROPOSAL),
}
NO_PLAN_YET = Sentence(
    "There is no plan here yet. {key} sets one up: from your therapist's file, or by a few questions.",
    PROPOSAL,
)
PAIN_LATELY = Sentence("Usual pain, the last days: {scores}.", PROPOSAL)
ASK_NOTE = Sentence("A note for your therapist.", PROPOSAL)
WHOSE_TURN = Sentence("Whose turn is it?", PROPOSAL)
TURN_LAST = Sentence("Each has a journal of their own. The first one was here last.", PROPOSAL)
TURN_ALONE = Sentence("The one whose plan was made here, without a therapist", PROPOSAL)
TURN_NOW = Sentence("It is the turn of {alias} now.", PROPOSAL)
IS_ANOTHER = Sentence(
    "This plan is for {alias}, and the journal here is that of {here}. Is {alias} another person, who gets a "
    "journal of their own?",
    PROPOSAL,
)
ASK_ELSEWHERE = Sentence("This cannot be saved in its place. Write on elsewhere for now?", PROPOSAL)
ELSEWHERE_YES = Sentence("Yes, write on in {folder}", PROPOSAL)
ELSEWHERE_AGAIN = Sentence("Try again: it is back in its place", PROPOSAL)
ELSEWHERE_NO = Sentence("No, leave it unsaved", PROPOSAL)
ELSEWHERE_LATER = Sentence(
    "What is written elsewhere is taken into your journal by itself, once that is in its place again.",
    PROPOSAL,
)
NOT_THERE_EITHER = Sentence("{why} So it cannot be written elsewhere either, and is NOT saved.", PROPOSAL)
ASK_CHANGE = Sentence("What would you like to change?", PROPOSAL)
ASK_USE = Sentence("A plan for {alias} was given. Use it from now on?", PROPOSAL)
USE_PLAN = Sentence("Yes, use it", PROPOSAL)
USE_AS_ANOTHER = Sentence("Yes, and {alias} gets a journal of their own", PROPOSAL)
USE_NOT = Sentence("No, leave everything as it is", PROPOSAL)
PLAN_NOT_USED = Sentence("This file cannot be used as a plan.", PROPOSAL)
GO_ON_WITHOUT = Sentence("Go on without it", PROPOSAL)
OWN_PLAN = Sentence("your own plan: only the gentle phases", PROPOSAL)

PAIN_ENDS = (Sentence("no pain", PROPOSAL), Sentence("the worst there can be", PROPOSAL))
ABLE_ENDS = (Sentence("unable", PROPOSAL), Sentence("as before", PROPOSAL))
SORE_ENDS = (Sentence("not sore", PROPOSAL), Sentence("as sore as can be", PROPOSAL))
"""What 0 and 10 mean."""
MEANING_PAIN = Sentence("0 none, 10 the worst there can be.", PROPOSAL)
MEANING_EFFORT = Sentence("0 as at rest, 10 the most you could do.", PROPOSAL)
ASK_SKIP = Sentence("Leave the rest of this exercise out. Why?", PROPOSAL)
ASK_HOW = Sentence("How did it feel?", PROPOSAL)
ASK_FELT = {
    "worst": Sentence("Worst pain in this session?", PROPOSAL),
    "pain": Sentence("Pain during it?", PROPOSAL),
    "place": Sentence("Where was that pain?", PROPOSAL),
    "effort": Sentence("How hard was it?", PROPOSAL),
    "two_more": Sentence("Two more with good form?", PROPOSAL),
    "three_more": Sentence("Could you have done three more?", PROPOSAL),
}
PLACES = {
    "usual": Sentence("the usual place", PROPOSAL),
    "needle": Sentence("where the needle was", PROPOSAL),
    "new": Sentence("another, new place", PROPOSAL),
}
SKIP_REASONS = {
    "pain": Sentence("It hurts", PROPOSAL),
    "time": Sentence("No time now", PROPOSAL),
    "equipment": Sentence("I do not have what it needs", PROPOSAL),
    "unsure": Sentence("I am not sure how to do it", PROPOSAL),
    "felt_well": Sentence("I feel well without it", PROPOSAL),
    "other": Sentence("Something else", PROPOSAL),
}
LEFT_OUT_FOR = {
    "pain": Sentence("stopped: it hurt", PROPOSAL),
    "time": Sentence("the rest left out: no time", PROPOSAL),
    "equipment": Sentence("the rest left out: something was missing", PROPOSAL),
    "unsure": Sentence("the rest left out: not sure how", PROPOSAL),
    "felt_well": Sentence("the rest left out: felt well without it", PROPOSAL),
    "other": Sentence("the rest left out", PROPOSAL),
}
NO_SIGN = Sentence("Nothing on this list is new or clearly worse.", PROPOSAL)
SPOKE = Sentence("Your therapist knows, and says that you may go on.", PROPOSAL)
SEEN = Sentence("Someone who treats you has seen you and says that you may go on.", PROPOSAL)
STOP_IT_HURTS = Sentence("Stop this exercise now, and write down that it hurt.", PROPOSAL)
CARD = {
    "need": Sentence("You need", PROPOSAL),
    "think": Sentence("Think", PROPOSAL),
    "feel": Sentence("Feel", PROPOSAL),
    "avoid": Sentence("Avoid", PROPOSAL),
    "less": Sentence("To do less", PROPOSAL),
    "stop": Sentence("Stop if", PROPOSAL),
}
"""What the lines of an exercise's card are called."""
STOP_IF = Sentence("it gets clearly worse, is sharp or spreads, or something tingles or goes numb.", PROPOSAL)
READ_LONG = Sentence("Read as long as you like. After {key} you have {time} to {move}.", PROPOSAL)
MOVES = {
    "floor": Sentence("get down to the floor", PROPOSAL),
    "position": Sentence("get into position", PROPOSAL),
    "ready": Sentence("get ready", PROPOSAL),
}
ALONE_CARD = Sentence("No key was pressed in the exercise before, so this one waits for you.", PROPOSAL)
WHEN_READY = Sentence("Take your time. It goes on when you are ready.", PROPOSAL)
STOPPED_HURT = Sentence("Stopped. Left out for today: {exercise}.", PROPOSAL)
HOW_STRONG = Sentence("How strong is it now?", PROPOSAL)
SHARP = Sentence("Sharp, spreading, tingling or numb? Press {key} now.", PROPOSAL)
SHARP_TYPED = Sentence("Sharp, spreading, tingling or numb: say signs now.", PROPOSAL)
STILL_TONIGHT = Sentence("Still there tonight? {call}", PROPOSAL)
STILL_TONIGHT_ALONE = Sentence("Still there tomorrow? Ask a physiotherapist or your doctor.", PROPOSAL)
TAKEN_BACK_HURT = Sentence(
    "The stop of {exercise} is taken back{sets}. It begins again at this set.", PROPOSAL
)
EASIER_NOW = Sentence("Easier from here on: {now} instead of {before}.", PROPOSAL)
MORE_READY = Sentence("{time} to get ready, kept for this exercise.", PROPOSAL)
MORE_REST = Sentence("{time} of rest left.", PROPOSAL)
NO_EASIER = Sentence("It cannot get easier. {key} leaves this exercise out.", PROPOSAL)
DAY_AFTER = Sentence("{phase}, day {day} after the needle", PROPOSAL)
STEP_WORK = {
    "reset": Sentence("gentle movement", PROPOSAL),
    "activate": Sentence("gentle work", PROPOSAL),
    "reload": Sentence("building up", PROPOSAL),
    "perform": Sentence("full strength", PROPOSAL),
}
"""What a phase is for who is in it."""
STEP = Sentence("Step {number} of 4: {work}. Day {day} after the needle", PROPOSAL)
STEP_FIRST_DAY = Sentence("Step {number} of 4: {work}. The day of the needle", PROPOSAL)
STEPS_DIFFER = Sentence("Steps {first} to {last} of 4", PROPOSAL)
STEP_OF_MUSCLE = Sentence("{muscle}: step {number} of 4, {work}, day {day} after the needle. {why}", PROPOSAL)
AVOID_TODAY = Sentence("Avoid today: {things}.", PROPOSAL)
THEN = Sentence("Then: {moment}.", PROPOSAL)
SAY_NOW = Sentence("Say how it is now: pain, and how sore it is.", PROPOSAL)
READ_PAGES = Sentence("Read about needling and the days after", PROPOSAL)
PAIN_BY_DAY = Sentence("Pain, day by day", PROPOSAL)
ALL_OF_TODAY = Sentence("All of today: what to do, what to leave alone, and why", PROPOSAL)
AFTER_NEEDLE = Sentence("After the needle, until {until}", PROPOSAL)
WELL_DONE = Sentence("Well done. It is saved.", PROPOSAL)
SAVED = Sentence("It is saved.", PROPOSAL)
NOT_CONFIRMED = Sentence(
    "Sets that nobody confirmed are written so; you are asked about them at the next start.", PROPOSAL
)
YOU_NEED = Sentence("You need: {things}.", PROPOSAL)
DONE_ON = {
    "bed": Sentence("Some of it lying: a bed or a sofa will do.", PROPOSAL),
    "floor": Sentence("Some of it on the floor.", PROPOSAL),
}
IS_THIS_WHAT_YOU_DID = Sentence("Is this what you did?", PROPOSAL)
WAS_THIS_WHAT_YOU_DID = Sentence("{day}: is this what you did? Nobody confirmed it then.", PROPOSAL)
NO_PLAN_WORRY = Sentence(
    "There is no plan yet, so no numbers are known. If something is wrong, call the emergency number of your country.",
    PROPOSAL,
)
CLOSED = Sentence("Exercise is closed.", PROPOSAL)

# The first questions of all -------------------------------------------------

WELCOME = Sentence("Reloadpt guides you through the exercises after dry needling.", PROPOSAL)
STAYS_HERE = Sentence("Everything stays on this computer unless you send it.", PROPOSAL)
ASK_FILE = Sentence("Did your therapist give you a plan file?", PROPOSAL)
CHOOSE_ALONE = Sentence("No. Ask me a few questions and begin gently", PROPOSAL)
ASK_MUSCLES = Sentence("Which muscles were needled?", PROPOSAL)
ASK_SIDE = Sentence("On which side?", PROPOSAL)
NO_EXERCISES_FOR = Sentence(
    "There are no exercises for it here. Its warning signs are asked all the same, and the after-care holds.",
    PROPOSAL,
)
NO_EXERCISES_AT_ALL = Sentence(
    "There are no exercises here for what was needled. Its warning signs are asked each day, and the after-care holds. "
    "Ask your therapist for exercises.",
    PROPOSAL,
)
NO_EXERCISES_PLANNED = Sentence(
    "Nothing is dealt: no muscle of it has exercises here. Its warning signs are asked, and the after-care holds.",
    PROPOSAL,
)
PAPER_ALSO = Sentence("{muscle}: needled {when}, without exercises here", PROPOSAL)
NOT_IN_PLAN = Sentence("Your plan has no exercises for it. Ask your therapist for a plan that has.", PROPOSAL)
LONGEST_PAUSE = Sentence(
    "A pause is half a year at most; after that, ask your therapist for a new plan.", PROPOSAL
)

# What a patient is asked and told beside the exercises ------------------------------------------------

ASK_WHICH_NEEDLED = Sentence("Which muscle was needled?", PROPOSAL)
ASK_WHEN = Sentence("When was it?", PROPOSAL)
ASK_STIM = Sentence("Did the needles carry a current (e-stim)?", PROPOSAL)
NEEDLED_NOTED = Sentence("Written down: {muscle}, needled {when}.", PROPOSAL)
BEGINS_ANEW = Sentence("It begins with gentle movement once more.", PROPOSAL)
NEEDLED_TWICE = Sentence("This needling was written down already; nothing changed.", PROPOSAL)
ASK_AWAY = Sentence("What is coming?", PROPOSAL)
AWAY_REASONS = {
    "away": Sentence("Away, without exercise", PROPOSAL),
    "ill": Sentence("Ill, or something else keeps me from exercise", PROPOSAL),
    "moving": Sentence("Away, but I go on exercising", PROPOSAL),
}
ASK_FIRST_DAY = Sentence("From which day?", PROPOSAL)
ASK_LAST_DAY = Sentence("Until which day, that day counted?", PROPOSAL)
PAUSE_NOTED = Sentence(
    "Written down: no exercise is planned from {first} to {last}. What you do all the same counts.", PROPOSAL
)
PLAN_ENDS = Sentence("Your plan ends on {day}.", PROPOSAL)
PLAN_ENDS_MEANWHILE = Sentence(
    "Your plan ends on {day}. Speak to your therapist now about how it goes on.", PROPOSAL
)
ASK_THERE = Sentence("What is there to exercise with?", PROPOSAL)
ASK_AT_HOME = Sentence("What do you have at home to exercise with?", PROPOSAL)
AT_HOME_WHY = Sentence(
    "An exercise of today needs more than a chair, a wall, a towel and a pillow.", PROPOSAL
)
NOTHING_THERE = Sentence("Nothing of these", PROPOSAL)
ASK_WEIGHTS = Sentence("Which weights are there, in {unit}?", PROPOSAL)
WEIGHTS_HOW = Sentence(
    "For example 1, 2, 4. A bag can be one: a litre of water weighs 1 kg, 2.2 lb.", PROPOSAL
)
NO_WEIGHTS = Sentence("Write 0 where there are none, and “not known” where you do not know.", PROPOSAL)
AT_HAND_NOTED = Sentence("Written down. Your exercises go by it from now on.", PROPOSAL)
MOVING_NOTED = Sentence("Written down. From {first} to {last} your exercises go by what is there.", PROPOSAL)
WAY_HEALTH = Sentence("Answer what was left open about your health when the plan was made.", PROPOSAL)
HEALTH_WHY = Sentence(
    "This was not answered when your plan was made. Your answers go in the file for your therapist.", PROPOSAL
)
HEALTH_BARS = Sentence("With this there is no exercise until your therapist says so. Is it right?", PROPOSAL)
HEALTH_BARS_YES = Sentence("Yes, it is so", PROPOSAL)
HEALTH_NOTED = Sentence(
    "Written down. Your exercises go by it from now on. This goes in the file for your therapist. Send it.",
    PROPOSAL,
)
ANSWER_HERE = Sentence("You can answer it here: “Health questions”.", PROPOSAL)
WAY_AT_HAND = Sentence("Tell what you have at home to exercise with, and which weights.", PROPOSAL)
BACK_NOTED = Sentence("Welcome back. From today on exercises are planned again.", PROPOSAL)
ASK_TOLD_THEM = Sentence("What did you tell your therapist, and what did they say?", PROPOSAL)
TOLD_NOTED = Sentence(
    "Written down. Where exercise is stopped it stays so until your therapist says that you may go on.",
    PROPOSAL,
)
ASK_HOW_SEEN = Sentence("How did they look at it?", PROPOSAL)
HOW_SEEN = {
    "in_person": Sentence("In person", PROPOSAL),
    "by_phone": Sentence("By phone", PROPOSAL),
}
SEEN_HOW = {"in_person": Sentence("in person", PROPOSAL), "by_phone": Sentence("by phone", PROPOSAL)}
"""How it was looked at, inside a sentence."""
ASK_WHERE_SEEN = Sentence("Where was that?", PROPOSAL)
ASK_WHEN_SEEN = Sentence("When did they say so?", PROPOSAL)
SEEN_SO = Sentence("{by}, {how}{where}, {when}, says that you may go on. Is it so?", PROPOSAL)
SEEN_NOTED = Sentence("Written down. Exercise goes on.", PROPOSAL)
SEEN_NOTED_GENTLY = Sentence(
    "Written down. It begins with gentle movement, and the signs are asked each time for a week.", PROPOSAL
)
SEEN_STILL_CLOSED = Sentence(
    "Written down. Exercise stays closed: another sign is not cleared yet.", PROPOSAL
)
SEEN_NOTED_SLOWLY = Sentence(
    "Written down. No exercise today. From tomorrow on it begins with gentle movement, and the signs are asked each "
    "time for a week.",
    PROPOSAL,
)
REST_TODAY = Sentence(
    "No exercise today: you had a warning sign. Start again tomorrow, and go easy.", PROPOSAL
)
ASK_TICKED = Sentence("How many times today?", PROPOSAL)
ASK_TICKED_YESTERDAY = Sentence("And yesterday, besides what is written down: how many times more?", PROPOSAL)
ASK_LOCKED = Sentence("Shall the file be locked?", PROPOSAL)
LOCKED_FILE = Sentence("Locked, so that only your clinic can open it", PROPOSAL)
OPEN_FILE = Sentence("Not locked: whoever has the file can read it", PROPOSAL)
REPORT_READY = Sentence("Your report is ready", PROPOSAL)
HOW_TO_SEND = Sentence(
    "Send it as you send any file: attach it to a message to your therapist, or take it along.", PROPOSAL
)
WHOLE_SESSION = Sentence("A whole session of that day: open it", PROPOSAL)
TAKE_SESSION_BACK = Sentence("All of this session: it never was", PROPOSAL)
SCREENING_FIRST = Sentence("Is any of this true for you?", PROPOSAL)
SCREENING_SECOND = Sentence("And of this?", PROPOSAL)
MARK_TRUE = Sentence("Mark what is true. Mark twice what you do not know.", PROPOSAL)
EXERCISE_SCREENING = {
    "osteoporosis": Sentence("Osteoporosis (thin bones)", PROPOSAL),
    "vertebral-fracture": Sentence("A broken bone of the spine, ever", PROPOSAL),
    "falls": Sentence("A fall in the last year, or poor balance", PROPOSAL),
    "joint-replacement": Sentence("A new joint near the place, or very loose joints", PROPOSAL),
    "recent-birth": Sentence("A birth or caesarean in the last 12 weeks, or a prolapse", PROPOSAL),
    "blood-pressure": Sentence("High blood pressure that is not controlled", PROPOSAL),
    "heart-failure": Sentence("A weak heart, or breathless when lying flat", PROPOSAL),
    "later-pregnancy": Sentence(
        "Pregnant, after the third month", "APTA 2013 as quoted; review of electro-acupuncture"
    ),
}
"""Asked of everybody for the sake of the exercises, beside the seven."""
ASK_BABY_DUE = Sentence("Do you know the day your child is due?", PROPOSAL)
BABY_DUE_KNOWN = Sentence("Yes", PROPOSAL)
BABY_DUE_UNKNOWN = Sentence("No, or not exactly", PROPOSAL)
WHEN_BABY_DUE = Sentence("Which day? Type it as year-month-day, such as 2027-03-01.", PROPOSAL)
SIDE_AND_DAY = Sentence("On which side, and when?", PROPOSAL)
NONE_TRUE = Sentence("Nothing of this is true, and I know it", PROPOSAL)
WRONG_KEY = Sentence("I pressed a wrong key: back to the questions", PROPOSAL)
HAS_FILE = Sentence("Yes, I have a file that ends in .plan.json", PROPOSAL)
OTHER_FILE = Sentence("Another file", PROPOSAL)
WHERE_FILE = Sentence("Where is the plan file?", PROPOSAL)
DRAG_FILE = Sentence("Type its place, or drag the file into this window.", PROPOSAL)
ASK_EMERGENCY = Sentence("Which number do you call in an emergency?", PROPOSAL)
NO_NUMBER = Sentence("I know none", PROPOSAL)
WHICH_NUMBER = Sentence("The number that you call.", PROPOSAL)
EMERGENCY_SO = Sentence("In an emergency you call {number}. Is it so?", PROPOSAL)
ANOTHER_ZONE = Sentence("Your clock is in another time zone now, {zone}. Which number is it there?", PROPOSAL)
OTHER_NUMBER = Sentence("Another number", PROPOSAL)
EMERGENCY_OF_COUNTRY = Sentence("the emergency number of your country", PROPOSAL)
WAY_SIGNS = Sentence("Something worries you: the list of warning signs.", PROPOSAL)
WAY_SORE = Sentence("Tell pain and soreness as they are now.", PROPOSAL)
WAY_TICK = Sentence("Write down how many times short work was done today.", PROPOSAL)
WAY_DONE = Sentence("Write down what was done away from the screen.", PROPOSAL)
WAY_CORRECT = Sentence("Correct an entry; what was first written stays.", PROPOSAL)
WAY_NOTE = Sentence("Write something for your therapist to read.", PROPOSAL)
WAY_SHARE = Sentence("Make the one file for your therapist; nothing is sent.", PROPOSAL)
WAY_NEEDLED = Sentence("A muscle was needled again: it begins with gentle movement once more.", PROPOSAL)
WAY_AWAY = Sentence("Say which days will be without exercise, so that nothing counts as missed.", PROPOSAL)
WAY_BACK = Sentence("You are back sooner: exercises are planned again from today on.", PROPOSAL)
WAY_TOLD = Sentence("Your therapist knows now. It ends no stop.", PROPOSAL)

# The wider screening, and what a yes leads to ---------------------------------------------------------

SCREENING_WIDER = {
    "needle-phobia": Sentence("Afraid of needles, or unwilling", "PMC3924615 table 3; physioman.in"),
    "cannot-consent": Sentence("Cannot consent or communicate", "PMC3924615 table 3; physioman.in"),
    "acute-emergency": Sentence("An acute medical emergency", "PMC3924615 table 3; physioman.in"),
    "lymphoedema": Sentence("Lymphoedema of that limb", "PMC3924615 table 3; physioman.in"),
    "skin-lesion": Sentence("A skin lesion in the area", "PMC3924615 table 3"),
    "allodynia": Sentence("Severe pain at a light touch", "PMC3924615 table 3"),
    "metal-allergy": Sentence("An allergy to metal", "PMC3924615 table 3"),
    "vascular-disease": Sentence("Vascular disease, varicose veins", "PMC3924615 table 3"),
    "abnormal-bleeding": Sentence("Bleeds or bruises abnormally", "PMC3924615 table 3"),
    "seizures": Sentence(
        "Epilepsy, or a seizure ever", "physioman.in; review of electro-acupuncture contraindications"
    ),
    "diabetes": Sentence("Diabetes", "physioman.in"),
    "frailty": Sentence("Frailty", "physioman.in"),
    "child": Sentence("A child or an adolescent", "physioman.in"),
    "psychological": Sentence("Under great mental strain", "physioman.in"),
    "medicines": Sentence("Medicines that matter here", "physioman.in"),
    "implants": Sentence("Implant: breast, joint or calf", "a course's screening form; general practice"),
    "heart-valve": Sentence("Heart-valve disease", "a course's screening form; general practice"),
    "hepatitis-hiv": Sentence("Hepatitis or HIV", "a course's screening form; general practice"),
    "adverse-reaction": Sentence(
        "Reacted badly to needles before", "a course's screening form; general practice"
    ),
    "faints": Sentence("Fasting, or faints at needles", "a course's screening form; general practice"),
    "stim-front-of-neck": Sentence(
        "E-stim at the front of the neck", "review of electro-acupuncture contraindications"
    ),
    "stim-across-chest": Sentence(
        "E-stim across the chest", "review of electro-acupuncture contraindications"
    ),
    "stim-over-tumour": Sentence("E-stim over a tumour", "review of electro-acupuncture contraindications"),
}
"""Each short enough for two columns; asked of the therapist who makes a plan."""

SCREENED = {
    "block": Sentence("Bars needling as planned: {item}.", PROPOSAL),
    "refer": Sentence("Refer before going on: {item}.", PROPOSAL),
    "caution": Sentence("Go carefully: {item}.", PROPOSAL),
}
"""What a yes in the screening leads to, as a plan tells it."""
NO_CLINIC_NUMBER = Sentence(
    "No number of the clinic is given: after a warning sign only {emergency} is shown.", PROPOSAL
)
NO_EMERGENCY_NUMBER = Sentence(
    "No emergency number is given: it says “Call the emergency number of your country”.", PROPOSAL
)
OVERRIDDEN = Sentence("{told} Made all the same: {reason} ({by}).", PROPOSAL)
STIM_NOTED = Sentence("Your plan notes {items}: tell your therapist that e-stim was used.", PROPOSAL)
SIGNS_NOT_ASKED = Sentence(
    "The warning signs were not asked about. `reloadpt` asks them, under “Warning signs”.", PROPOSAL
)


def addressed(text: str, *, alone: bool) -> str:
    """A sentence as it is told to somebody who is ``alone``: without a therapist it is a physiotherapist or a doctor."""
    if not alone:
        return text
    return _THERAPIST.sub(_professional, text)


def _professional(found: re.Match[str]) -> str:
    whose = found[1].lower()
    words = f"a physiotherapist or {whose} doctor"
    return words[:1].upper() + words[1:] if found[1][0].isupper() else words


def sign_text(code: str) -> str:
    """What a warning sign asks about."""
    return SIGNS[code].text if code in SIGNS else "a sign this version does not know"


def symptoms(code: str) -> tuple[str, ...]:
    """The symptoms of a warning sign, one by one, as its sentence names them."""
    parts = SIGNS[code]().replace("; ", ", ").split(", ")
    return tuple(part[:1].upper() + part[1:] for part in parts)


def condition(item: str) -> str:
    """A condition of the screening in words; one of the clinic's own by its code."""
    sentence = SCREENING.get(item) or EXERCISE_SCREENING.get(item) or SCREENING_WIDER.get(item)
    return sentence().rstrip("?") if sentence else item


def screening_stop(items: Iterable[str]) -> str:
    """What is said where conditions of the screening, by their codes, bar all exercise."""
    return SCREENING_STOP(items="; ".join(condition(item) for item in items))


# The plan on paper ------------------------------------------------------------

PAPER_TICK = Sentence("Tick a box each time you have done an exercise.", PROPOSAL)
PAPER_GATES = Sentence(
    "The days are the earliest ones. Go on to the next part only if soreness is 3 of 10 or less and the "
    "mornings after exercise are no worse. Not sure? Ask your therapist.",
    PROPOSAL,
)
PAPER_STOP = Sentence(
    "Stop an exercise when pain is sharp, or shoots, burns or spreads; when it tingles; when you feel dizzy. Leave it "
    "out for today.",
    GENERAL_PRACTICE,
)
PAPER_LIMIT = Sentence("Pain while you exercise: no more than {limit} of 10.", PROPOSAL)
PAPER_NOT_TOLD = Sentence("This paper tells nobody how you are. When in doubt, call.", PROPOSAL)
PAPER_NO_EMERGENCY = Sentence(
    "Write the emergency number of your country here, now: ______________________", PROPOSAL
)
PAPER_NO_CONTACT = Sentence("Write your clinic's number here: ______________________", PROPOSAL)
SEALED_TO = Sentence("Only who holds the key {key} can open it.", PROPOSAL)
NOT_SEALED = Sentence("It is not sealed: whoever has the file can read it.", PROPOSAL)
NOTHING_SENT = Sentence("Nothing was sent. Give the file to your therapist yourself.", PROPOSAL)

# A calendar -----------------------------------------------------------------------------------------

REMINDER_TITLE = Sentence("A few minutes for yourself", PROPOSAL)
REMINDER = Sentence(
    "Open reloadpt: it says what is due now, and why. This reminder goes by the calendar alone. If something "
    "is new or clearly worse, do not exercise: open reloadpt, or call.",
    PROPOSAL,
)
REMINDER_VISIT_TITLE = Sentence("An appointment", PROPOSAL)
REMINDER_VISIT = Sentence("Take your report along: reloadpt share makes it.", PROPOSAL)
REMINDER_END_TITLE = Sentence("Time to make an appointment", PROPOSAL)
REMINDER_END = Sentence("What was given to you ends today. Ask how to go on.", PROPOSAL)

# How it has gone ------------------------------------------------------------

PROGRESS_NONE = Sentence(
    "Nothing is written down yet. After your first check-in, pain and soreness stand here day by day, and what "
    "you did beside them.",
    PROPOSAL,
)
STORY_DONE = Sentence("Did {share} % in {during}.", PROPOSAL)
STORY_NOTHING_DUE = Sentence("Nothing was due for a whole day yet.", PROPOSAL)
STORY_PAIN = Sentence("Pain {start}, then {now} since {since}.", PROPOSAL)
STORY_PAIN_SAME = Sentence("Pain {now}, as at the start.", PROPOSAL)
STORY_NO_PAIN = Sentence("Pain was never told.", PROPOSAL)
STORY_ACTIVITY = Sentence("{name}: was {first}, now {now} (10 is as before).", "PSFS: Stratford 1995")
STORY_CHANGE = Sentence("Last change: {name}, {before} to {after}, on {day}.", PROPOSAL)
STORY_FILE = Sentence("File of {day}.", PROPOSAL)
PAIN_NOW = Sentence("Usual pain now: {now} of 10.", PROPOSAL)
PAIN_AS_BEFORE = Sentence("Usual pain is {now} of 10, as at the start.", PROPOSAL)
PAIN_LESS = Sentence("Usual pain was {start} at the start and is {now} now.", PROPOSAL)
PAIN_WORTH = Sentence(
    "Usual pain was {start} at the start and is {now} now: a change worth having.",
    "2 points and 30 %: Farrar 2001",
)
PAIN_MORE = Sentence(
    "Usual pain was {start} at the start and is {now} now. Pain goes up and down; if it stays so, tell your therapist.",
    PROPOSAL,
)
CORRECTED = Sentence(
    "Corrected. What was first written stays in the record; your report shows both.", PROPOSAL
)
NOTHING_TO_CORRECT = Sentence("There is nothing to correct yet.", PROPOSAL)
WRITTEN_DOWN = Sentence("Written down.", PROPOSAL)
SETS_WRITTEN = Sentence("{day}: {count} written down, marked as filled in later.", PROPOSAL)
NUMBERS_NOTED = Sentence(
    "Written down. The warning signs were not asked about; “Something worries me” asks them at any time.",
    PROPOSAL,
)
NUMBERS_TOLD = Sentence("Written down. The warning signs were not asked about; signs asks them.", PROPOSAL)
NO_CHANGE_YET = Sentence(
    "No dose has changed yet. Doses go up when the days go well, and down when they do not.", PROPOSAL
)
NOT_OPENED_UNKNOWN = Sentence("Days when the program was not opened are not counted.", PROPOSAL)
SETS_FITTED = Sentence("{planned} of {prescribed} prescribed sets fitted into sessions.", PROPOSAL)
UNCONFIRMED = Sentence("Counted by the clock, and not confirmed: {sets}.", PROPOSAL)
ONE_NOT_UNDERSTOOD = Sentence("1 entry was not understood, and is in no figure.", PROPOSAL)
NOT_UNDERSTOOD = Sentence("{count} entries were not understood, and are in no figure.", PROPOSAL)
TWO_PATIENTS = Sentence(
    "This log names {aliases}: perhaps two people wrote in one journal. Its figures are of all of it.",
    PROPOSAL,
)
STORED_DAMAGED = Sentence(
    "The log that is kept here is damaged. Ask for the report again; a whole one heals it.", PROPOSAL
)
STORED_UNREAD = Sentence(
    "A log kept here cannot be read, so the figures may be old or missing. Ask for the report again; a whole one heals it.",
    PROPOSAL,
)
LINES_LOST = Sentence(
    "The log was damaged: {count} of its lines could not be read. The figures are those of the lines that could.",
    PROPOSAL,
)
DONE_MOST = Sentence("{done} of {planned} planned sets are done: most of what was planned.", PROPOSAL)
DONE_HALF = Sentence(
    "{done} of {planned} planned sets are done: more than half. What was left is not piled up.", PROPOSAL
)
DONE_SOME = Sentence(
    "{done} of {planned} planned sets are done, and each one counts. What was left is not piled up: what is due "
    "today is all there is to do.",
    PROPOSAL,
)
