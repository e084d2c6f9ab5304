"""The next plan from the last one: what is taken over, what is asked anew, and the pages it goes through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reloadpt import wording
from reloadpt.care.history import same_side
from reloadpt.clinic.next_plan import DoseProposal, dose_proposals
from reloadpt.files import Trouble
from reloadpt.measures.course import Course
from reloadpt.measures.trends import pain_trend
from reloadpt.program.library import Library
from reloadpt.program.plan import DoseOverride, Plan
from reloadpt.program.programme import PHASES
from reloadpt.tui.clinic.caseload_app import CaseloadApp
from reloadpt.tui.plan.draft import PlanDraft, asks_first, target_exercises, with_change
from reloadpt.tui.plan.flow import PlanFlow
from reloadpt.tui.plan.needled import NeedledPage


async def prescribe_next_plan(app: CaseloadApp, plan: Plan, course: Course) -> tuple[Path, ...]:
    """Go through the pages of a next plan; what was written, empty where the therapist left.

    Screening is asked anew: it is attested each time. What the last plan says and no page would take is asked first.
    """
    flow = PlanFlow(app, app.places, app.library, app.out_folder, app.wall())
    targets = [target for target in plan.targets if target.muscle in app.library.muscles]
    if not targets:
        app.notify("No muscle of the last plan is known here.", severity="error", timeout=10)
        return ()
    proposals = dose_proposals(plan, course)
    draft = next_draft(replace(plan, targets=tuple(targets)), course, proposals, app.library, flow.empty())
    last = dict(draft.since)

    async def needled(draft: PlanDraft) -> PlanDraft | None:
        signs = [f"{sign.code}: {wording.sign_text(sign.code)}" for sign in course.open_signs]
        return await flow.push(NeedledPage(draft, last, proposals, app.library, signs))

    first = flow.of_what_does_not_hold(draft)
    return await flow.ask(draft, *first, needled, *flow.of_the_needles, flow.call)


def next_draft(
    plan: Plan, course: Course, proposals: Sequence[DoseProposal], library: Library, empty: PlanDraft
) -> PlanDraft:
    """A draft that begins where ``plan`` ended; ``empty`` has whom to call and the clinic's key."""
    rated = pain_trend(course).now
    typed = dict(empty.typed) | {
        "patient": plan.patient,
        "needled_at": "now",
        "complaint": plan.complaint,
        "start_pain": "" if rated is None else str(rated.score),
        "made_by": plan.made_by or empty.typed.get("made_by", ""),
        "no_limit": plan.no_limit or "",
        "limits": " ".join(
            f"{phase}={limit}" for phase in PHASES if (limit := getattr(plan.limits, phase)) is not None
        ),
        "most_exercises": str(plan.most_exercises),
        "progression": plan.progression,
        "cannot": " ".join(plan.cannot),
        "has": " ".join(plan.has),
        "baby_due": plan.baby_due.isoformat() if plan.baby_due else "",
    }
    contact = plan.contact
    contact_lines = {
        "clinic": contact.clinic,
        "phone": contact.phone,
        "out_of_hours": contact.out_of_hours,
        "emergency": contact.emergency,
        "share_key": empty.typed.get("share_key") or plan.share_key,
    }
    typed |= {name: text for name, text in contact_lines.items() if text}
    carried = {
        "known_symptoms": plan.known_symptoms,
        "activities": plan.activities,
        "exercises": plan.exercises,
    }
    draft = PlanDraft(
        typed=typed,
        targets=plan.targets,
        doses={change.exercise: change for change in plan.doses},
        since=_needled_last(plan, course),
        carried=carried,
    )
    for move in proposals:
        try:
            exercise = library.exercise(move.exercise)
        except Trouble:
            draft = replace(draft, doses={**draft.doses, move.exercise: move.change})
            continue
        values = {
            name: getattr(move.change, name)
            for name in DoseOverride.__dataclass_fields__
            if name != "exercise"
        }
        if values["tempo"] == exercise.dose.tempo:
            values["tempo"] = None
        draft = with_change(draft, exercise, **values)
    return replace(draft, turned_on=_turned_on(plan, draft, library))


def _needled_last(plan: Plan, course: Course) -> Mapping[str, datetime]:
    """When each muscle of the plan was needled last."""
    latest: dict[str, datetime] = {}
    for target in plan.targets:
        moments = [
            needling.needled_at
            for needling in course.needlings
            if needling.muscle == target.muscle and same_side(needling.side, target.side)
        ]
        latest[target.muscle] = max(
            [target.needled_at, *moments, latest.get(target.muscle, target.needled_at)]
        )
    return latest


def _turned_on(plan: Plan, draft: PlanDraft, library: Library) -> frozenset[str]:
    """The exercises that are dealt only where a plan says so, and that the last plan turned on."""
    return frozenset(
        exercise.id
        for _, exercise in target_exercises(draft, library)
        if asks_first(exercise)
        and (not exercise.demanding or exercise.id in plan.demanding)
        and (not exercise.needs or exercise.needs in plan.cleared)
        and (not exercise.condition or exercise.id in plan.cleared)
    )
