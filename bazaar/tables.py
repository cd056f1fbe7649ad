"""Every feature's tables in one place, so that migrations and `create_all` see them all."""

from bazaar.booths import models as booths
from bazaar.checkin import models as checkin
from bazaar.employers import models as employers
from bazaar.fairs import models as fairs
from bazaar.followups import models as followups
from bazaar.jobseekers import models as jobseekers
from bazaar.journal import models as journal
from bazaar.meetings import models as meetings
from bazaar.messages import models as messages
from bazaar.occupations import models as occupations
from bazaar.people import models as people
from bazaar.programme import models as programme
from bazaar.queue import models as queue
from bazaar.reminders import models as reminders
from bazaar.sharing import models as sharing

ALL = (
    journal, messages, people, fairs, occupations, employers, booths, jobseekers, programme, sharing, meetings, queue,
    reminders, checkin, followups,
)  # fmt: skip
