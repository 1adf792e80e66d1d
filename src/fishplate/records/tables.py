"""The tables an organisation can fill, and what reading them leaves behind.

`FILLABLE` are the targets of a source's mapping (the keys below `[sources.tables.<name>]` in a `fishplate.toml`).
A person's row names its person by identifiers (`PERSON_FIELDS`), which stay in the staged rows and never reach a
published table; the identity stage turns them into a person code. `PUBLISHED` are this stage's own tables.
"""

from fishplate.store.tables import Column, Kind, Table, day, flag, identifying, moment, number, text, whole, words

RECORD_ID = text("record_id", "The source's own id of the record; made from the row's content where it has none")

PERSON_FIELDS: tuple[Column, ...] = (
    identifying("nhs_number", "NHS number, ten digits with a valid check digit (NHS Data Dictionary: NHS NUMBER)"),
    identifying("local_id", "The organisation's own identifier of the person (LOCAL PATIENT IDENTIFIER (EXTENDED))"),
    Column("born_on", Kind.DAY, "Date of birth (PERSON BIRTH DATE), used to check that one number is one person",
           identifies=True),
)  # fmt: skip

LEG_KINDS = ("spell", "episode", "contact", "care_package", "unpaid_care", "community_life")
DECIDERS = ("person", "attorney", "best_interests", "not_recorded")
DECISIONS = ("accepted", "declined", "postponed", "elsewhere")
LIFE_EVENT_KINDS = ("death", "moved_in", "moved_away", "care_home_admission", "need_ended", "other")

PEOPLE = Table(
    "people",
    "One source's record of a person and of what matters for fairness; unknown is a value",
    (
        identifying("name", "The person's name, for care-mode pages only"),
        identifying("phone", "The person's phone number, for care-mode pages only"),
        identifying("postcode", "The person's postcode, for care-mode pages only"),
        text("sex", "Sex as recorded (PERSON PHENOTYPIC SEX or FHIR administrative gender), or unknown"),
        whole("deprivation_decile", "Index of Multiple Deprivation decile of home, 1 the most deprived"),
        text("ethnicity", "Ethnic category as recorded (ETHNIC CATEGORY), or unknown"),
        text("language", "Preferred language (LANGUAGE CODE (PREFERRED)), or unknown"),
        flag("lives_alone", "Whether the person lives alone"),
        text("funder", "Who pays for the person's care (council, nhs, self, mixed), or unknown"),
        text("conditions", "Long-term conditions recorded, as codes separated by a semicolon"),
        text("home_kind", "Kind of usual home (own home, with family, care home and so on), or unknown"),
    ),
)

ORGANISATIONS = Table(
    "organisations",
    "One organisation, as the project or a source describes it",
    (
        text("organisation_id", "Identifier of the organisation (ORGANISATION IDENTIFIER or a FHIR identifier)",
             required=True),
        text("name", "Name of the organisation"),
        text("kind", "Kind of organisation (acute, community, mental_health, general_practice, council and so on)"),
        text("place", "The place it belongs to"),
    ),
)  # fmt: skip

SERVICES = Table(
    "services",
    "One service of an organisation: the directory entry that says who could have received a person",
    (
        text("service_id", "Identifier of the service", required=True),
        text("organisation_id", "The organisation that provides it"),
        text("name", "Name of the service"),
        text("service_kind", "Kind of service, from the project's list"),
        text("place", "The place it serves"),
        text("watched_hours", "When somebody is watching its inbox, such as 'Mon-Fri 08:00-18:00'"),
        text("phone", "Phone number of the service"),
    ),
)

LEGS = Table(
    "legs",
    "One stretch of care by one service, or of unpaid care or community life told by the person or carer",
    (
        text("organisation_id", "The organisation that gave the care; empty for unpaid care and community life"),
        text("service_id", "The service that gave the care"),
        text("service_kind", "Kind of service, from the project's list", required=True),
        text("leg_kind", "Kind of leg", required=True, codes=LEG_KINDS),
        *moment("started", "When the leg started", required=True),
        *moment("ended", "When the leg ended; empty while it is open"),
        *moment("ready", "When the person was ready to leave (DISCHARGE READY DATE)"),
        text("admission_method", "How the person came in (ADMISSION METHOD (HOSPITAL PROVIDER SPELL))"),
        text("admission_source", "Where the person came from (ADMISSION SOURCE (HOSPITAL PROVIDER SPELL))"),
        text("discharge_method", "How the person left (DISCHARGE METHOD (HOSPITAL PROVIDER SPELL))"),
        text("discharge_destination", "Where the person went (DISCHARGE DESTINATION (HOSPITAL PROVIDER SPELL))"),
        text("treatment_function", "Specialty of the care (TREATMENT FUNCTION CODE)"),
        text("service_component", "Component of social care (Client Level Data: Service Component)"),
        text("need", "The need the leg was for"),
        text("told_by", "Who told us, where no organisation recorded it (person or carer)"),
    ),
)

CONTACTS = Table(
    "contacts",
    "One contact of a service with a person",
    (
        text("leg_record_id", "The source's id of the leg the contact belongs to"),
        text("organisation_id", "The organisation whose worker made the contact"),
        text("service_id", "The service whose worker made the contact"),
        text("service_kind", "Kind of service, from the project's list"),
        *moment("contact", "When the contact happened or was due", required=True),
        text("mode", "How it happened (CONSULTATION MECHANISM): face to face, phone, video, other"),
        text("attended", "Whether it happened (ATTENDANCE STATUS): attended, not_attended, cancelled, unknown",
             codes=("attended", "not_attended", "cancelled", "unknown")),
        whole("staff_minutes", "Minutes of staff time the contact took"),
    ),
)  # fmt: skip

REFERRALS = Table(
    "referrals",
    "One request from one service to another to come in for a person (FHIR ServiceRequest)",
    (
        text("from_organisation_id", "The organisation that asked"),
        text("from_service_kind", "Kind of the service that asked"),
        text("to_organisation_id", "The organisation that was asked"),
        text("to_service_id", "The service that was asked, where it was named"),
        text("to_service_kind", "Kind of the service that was asked"),
        text("need", "The need the referral is for"),
        text("priority", "Priority as recorded (routine, urgent, two_hour and so on)"),
        *moment("sent", "When it was sent", required=True),
        *moment("received", "When the receiver had it"),
        *moment("accepted", "When the receiver accepted it"),
        *moment("rejected", "When the receiver said no"),
        text("rejected_reason", "Why the receiver said no (REFERRAL REJECTION REASON)"),
        text("information_sent", "Which information went with it, as codes separated by a semicolon"),
        text("based_on", "The source's id of the leg or referral it came from (FHIR basedOn)"),
    ),
)

REFERRAL_EVENTS = Table(
    "referral_events",
    "One thing that happened to a referral, for sources that send each as a record of its own (FHIR Task)",
    (
        text("referral_record_id", "The source's id of the referral", required=True),
        text("event", "What happened", required=True, codes=("received", "accepted", "rejected")),
        *moment("happened", "When it happened", required=True),
        text("reason", "Why, where the receiver said no"),
    ),
)

ASSESSMENTS = Table(
    "assessments",
    "One assessment of a person in one domain",
    (
        text("organisation_id", "The organisation that assessed"),
        text("service_kind", "Kind of service that assessed"),
        text("domain", "What was assessed (mobility, continence, cognition, medicines, home and so on)", required=True),
        *moment("assessed", "When it was done", required=True),
    ),
)

CHOICES = Table(
    "choices",
    "One choice of a person, or made for them, about a need",
    (
        text("need", "The need the choice is about", required=True),
        text("decision", "What was chosen", required=True, codes=DECISIONS),
        text("decider", "Who decided", codes=DECIDERS),
        text("scope", "What the decider may decide on (health_and_welfare, property_and_affairs, this_decision)"),
        *moment("decided", "When it was decided", required=True),
        *moment("revoked", "When it was taken back"),
        text("capacity_recorded_by", "Role of the named professional who recorded capacity for this decision"),
        text("capacity_outcome", "Whether the person had capacity for this decision (yes, no, not_assessed)"),
        flag("risk_explained", "Whether the risk was explained and recorded"),
        text("alternative", "The alternative that was offered"),
    ),
)

PLANS = Table(
    "plans",
    "One plan for what happens next for a person",
    (
        text("organisation_id", "The organisation that holds the plan"),
        text("kind", "Kind of plan (care_plan, discharge_plan, contingency_plan and so on)"),
        text("need", "The need the plan is for"),
        *moment("agreed", "When it was agreed with the person", required=True),
        *moment("due", "When the plan says the next thing happens"),
        text("visible_to", "Organisations that can see it, as identifiers separated by a semicolon"),
    ),
)

ANSWERS = Table(
    "answers",
    "One question put to a person or carer, and what they said, if they answered",
    (
        text("question", "The question, by its code", required=True),
        text("answer", "What was said; empty where the person was asked and did not answer"),
        text("respondent", "Who answered", codes=("person", "carer", "proxy", "not_answered")),
        text("leg_record_id", "The source's id of the leg the question was about"),
        text("referral_record_id", "The source's id of the referral the question was about"),
        *moment("asked", "When it was asked", required=True),
        *moment("answered", "When it was answered"),
    ),
)

GOALS = Table(
    "goals",
    "One goal of a person",
    (
        words("goal_words", "The goal in the person's own words"),
        text("chosen_by", "Who chose the goal", codes=("person", "carer", "worker", "together", "not_recorded")),
        *moment("set", "When the goal was set", required=True),
        *moment("reviewed", "When it was looked at again"),
        whole("attainment", "How far it was met, -2 to 2 (Goal Attainment Scaling)"),
        number("weight", "How much it matters beside the person's other goals"),
    ),
)

COSTS = Table(
    "costs",
    "One cost of a person's care, in money or in people's time; what is not recorded is never zero",
    (
        text("leg_record_id", "The source's id of the leg that cost it"),
        text("organisation_id", "The organisation that bore it"),
        text("payer", "Who paid (nhs, council, self, charity, carer)"),
        text("setting", "Setting of the cost"),
        *moment("incurred", "When it was incurred", required=True),
        whole("amount_pence", "Money, in pence"),
        whole("staff_minutes", "Minutes of staff time"),
        number("carer_hours", "Hours of unpaid care"),
        text("price_id", "The entry of the price book it was priced by"),
    ),
)

LIFE_EVENTS = Table(
    "life_events",
    "One event in a person's life that ends or changes what they need, such as a death or a move",
    (
        text("kind", "What happened", required=True, codes=LIFE_EVENT_KINDS),
        *moment("happened", "When it happened", required=True),
        text("need", "The need it ended, where it ended one"),
        text("to_place", "The place the person moved to"),
    ),
)

ABOUT_A_PERSON: tuple[Table, ...] = (
    PEOPLE, LEGS, CONTACTS, REFERRALS, REFERRAL_EVENTS, ASSESSMENTS, CHOICES, PLANS, ANSWERS, GOALS, COSTS, LIFE_EVENTS,
)  # fmt: skip
DIRECTORY: tuple[Table, ...] = (ORGANISATIONS, SERVICES)
FILLABLE: dict[str, Table] = {table.name: table for table in (*ABOUT_A_PERSON, *DIRECTORY)}

PROVENANCE: tuple[Column, ...] = (
    text("source", "The source, as the project names it", required=True),
    text("file", "First sixteen characters of the SHA-256 of the file it stands in", required=True),
    whole("line", "The line of that file on which the record begins, the first line being 1", required=True),
)

IDENTITY = Column(
    "identity",
    Kind.TEXT,
    "The identifiers the row names its person by, in one text (records/anchors.py)",
    required=True,
    identifies=True,
)


ALIASES = Column(
    "aliases",
    Kind.TEXT,
    "Every text by which other records may refer to the directory entry, joined as identities are",
)


def staged(table: Table) -> Table:
    """The table as it is staged, one Parquet file per received file: with record id, identity and provenance."""
    front = (RECORD_ID, IDENTITY) if table in ABOUT_A_PERSON else (RECORD_ID, ALIASES)
    born = (PERSON_FIELDS[2],) if table is PEOPLE else ()
    return table.with_columns(*front, *born, after=PROVENANCE)


FILES = Table(
    "files",
    "One file received",
    (
        text("file", "First sixteen characters of its SHA-256", required=True),
        text("sha256", "SHA-256 of its bytes", required=True),
        text("source", "The source it belongs to", required=True),
        text("name", "Its name inside the project folder", required=True),
        whole("received_as", "Its place in the order of receipt, the first being 1"),
        whole("size_bytes", "Its size"),
        whole("read", "Records read from it"),
        whole("accepted", "Records accepted, for at least one table"),
        whole("rejected", "Records rejected"),
        whole("left_out", "Records left out before linkage as sensitive"),
        text("stands", "Whether its rows count: current, replaced by a later file at the same path, or forgotten",
             codes=("current", "replaced", "forgotten")),
    ),
)  # fmt: skip

REJECTIONS = Table(
    "rejections",
    "One fault found in one record: what is wrong and what to do, without the value",
    (
        *PROVENANCE,
        text("table_name", "The table the record was meant for; empty where the record could not be read at all"),
        text("field", "The field that could not be filled"),
        text("column_name", "The column or path of the file it comes from"),
        text("what", "Whether the whole record was rejected, or only this value was not used",
             codes=("record", "value")),
        text("reason", "Why, as a code (records/reasons.py)"),
        text("reason_words", "Why, in words, with what was expected and what to do next"),
        text("came_again_in", "The file in which a record of the same id came again since; empty while this is still "
             "to be put right, and for a line that could not be read far enough to have an id"),
    ),
    sorted_by=("source", "file", "line", "table_name", "field"),
)  # fmt: skip

FEEDS = Table(
    "feeds",
    "One source's statement of when it is complete, and one row more for each hole in it",
    (
        text("source", "The source", required=True),
        text("organisation_id", "The organisation whose records these are"),
        text("service_kind", "The service kind it covers; empty where it covers all of the organisation's"),
        day("complete_from_on", "The first local day it is complete for"),
        day("complete_until_on", "The last local day it is complete for"),
        day("hole_from_on", "First day of a hole; empty on the row that states completeness"),
        day("hole_until_on", "Last day of the hole"),
        text("hole_why", "Why there is a hole"),
    ),
)

PUBLISHED: tuple[Table, ...] = (FILES, REJECTIONS, FEEDS, ORGANISATIONS, SERVICES)
