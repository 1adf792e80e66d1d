"""The organisations of the town: their codes, and which of them runs each service.

The directory itself, with names, phone numbers and watched hours, stands in `smalltown.toml`. The codes are invented.
"""

from typing import Final

HOSPITAL: Final = "RZ1"
COMMUNITY: Final = "RZ2"
MENTAL_HEALTH: Final = "RZ3"
AMBULANCE: Final = "RZ9"
NEXT_TOWN: Final = "RZN"
COUNCIL: Final = "Z999"
CHARITY: Final = "CIRCLE"

RUN_BY: Final = {
    "acute_hospital": HOSPITAL,
    "district_nursing": COMMUNITY,
    "community_therapy": COMMUNITY,
    "podiatry_foot_protection": COMMUNITY,
    "memory_service": MENTAL_HEALTH,
    "reablement": COUNCIL,
    "adult_social_care_assessment": COUNCIL,
    "social_prescribing": CHARITY,
}
