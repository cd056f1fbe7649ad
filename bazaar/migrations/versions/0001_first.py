"""The first tables."""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fair',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('tagline', sa.String(length=300), nullable=False),
    sa.Column('venue', sa.String(length=300), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('city', sa.String(length=300), nullable=False),
    sa.Column('zone', sa.String(length=40), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('accent', sa.String(length=40), nullable=False),
    sa.Column('logo', sa.LargeBinary(), nullable=True),
    sa.Column('has_logo', sa.Boolean(), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('controller', sa.Text(), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('keep_days', sa.Integer(), nullable=False),
    sa.Column('privacy_version', sa.Integer(), nullable=False),
    sa.Column('results_visible_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('max_exhibitors', sa.Integer(), nullable=True),
    sa.Column('hold_minutes', sa.Integer(), nullable=False),
    sa.Column('max_booths', sa.Integer(), nullable=False),
    sa.Column('sector_rule', sa.String(length=40), nullable=False),
    sa.Column('max_of_sector', sa.Integer(), nullable=True),
    sa.Column('slot_minutes', sa.Integer(), nullable=False),
    sa.Column('gap_minutes', sa.Integer(), nullable=False),
    sa.Column('walk_minutes', sa.Integer(), nullable=False),
    sa.Column('booking_opens_days', sa.Integer(), nullable=False),
    sa.Column('booking_closes_minutes', sa.Integer(), nullable=False),
    sa.Column('request_hours', sa.Integer(), nullable=False),
    sa.Column('request_minutes_on_day', sa.Integer(), nullable=False),
    sa.Column('max_pending', sa.Integer(), nullable=False),
    sa.Column('max_meetings', sa.Integer(), nullable=False),
    sa.Column('start_window_minutes', sa.Integer(), nullable=False),
    sa.Column('repeat_minutes', sa.Integer(), nullable=False),
    sa.Column('door_capacity', sa.Integer(), nullable=True),
    sa.Column('answer_days', sa.Integer(), nullable=False),
    sa.Column('sms_daily_limit', sa.Integer(), nullable=False),
    sa.Column('sms_countries', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fair')),
    sa.UniqueConstraint('slug', name=op.f('uq_fair_slug'))
    )
    op.create_table('journal_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=True),
    sa.Column('actor', sa.Uuid(), nullable=True),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('thing', sa.String(length=40), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_entry'))
    )
    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_journal_entry_fair_id_id'), ['fair_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_entry_thing_id'), ['thing_id'], unique=False)

    op.create_table('letter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('secret', sa.Boolean(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.String(length=300), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_fair_id_id'), ['fair_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_status_next_try_at'), ['status', 'next_try_at'], unique=False)

    op.create_table('occupation_field',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('concept_id', sa.String(length=40), nullable=False),
    sa.Column('name_sv', sa.String(length=300), nullable=False),
    sa.Column('name_en', sa.String(length=300), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_occupation_field')),
    sa.UniqueConstraint('concept_id', name=op.f('uq_occupation_field_concept_id'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('folded_name', sa.String(length=300), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('municipality', sa.String(length=300), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('invoice_address', sa.Text(), nullable=False),
    sa.Column('invoice_reference', sa.String(length=300), nullable=False),
    sa.Column('invoice_email', sa.String(length=300), nullable=False),
    sa.Column('peppol_id', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('number', name=op.f('uq_organisation_number'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_folded_name'), ['folded_name'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('folded_name', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('may_organise', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_folded_name'), ['folded_name'], unique=False)

    op.create_table('tally',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('window_start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tally')),
    sa.UniqueConstraint('key', 'window_start', name=op.f('uq_tally_key_window_start'))
    )
    with op.batch_alter_table('tally', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tally_window_start'), ['window_start'], unique=False)

    op.create_table('code',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('link_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('go_to', sa.String(length=300), nullable=False),
    sa.Column('for_new', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('many_times', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_code_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_code')),
    sa.UniqueConstraint('link_hash', name=op.f('uq_code_link_hash'))
    )
    with op.batch_alter_table('code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_code_address'), ['address'], unique=False)
        batch_op.create_index(batch_op.f('ix_code_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_code_person_id'), ['person_id'], unique=False)

    op.create_table('contact',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('email', 'phone')", name=op.f('ck_contact_kind')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_contact_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact')),
    sa.UniqueConstraint('person_id', 'address', name=op.f('uq_contact_person_id_address'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_address'), ['address'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_person_id'), ['person_id'], unique=False)

    op.create_table('correction',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('scan_id', sa.Uuid(), nullable=False),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_correction_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_correction_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('fair_id', 'scan_id', 'verb', name=op.f('uq_correction_fair_id_scan_id_verb'))
    )
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_by'), ['by'], unique=False)
        batch_op.create_index(batch_op.f('ix_correction_fair_id'), ['fair_id'], unique=False)

    op.create_table('exhibitor',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('presentation', sa.Text(), nullable=False),
    sa.Column('sockets', sa.Integer(), nullable=False),
    sa.Column('least_width', sa.Integer(), nullable=False),
    sa.Column('step_free', sa.Boolean(), nullable=False),
    sa.Column('wishes', sa.Text(), nullable=False),
    sa.Column('open_slots', sa.Boolean(), nullable=False),
    sa.Column('by_request', sa.Boolean(), nullable=False),
    sa.Column('tables', sa.Integer(), nullable=False),
    sa.Column('interviews_today', sa.Boolean(), nullable=False),
    sa.CheckConstraint("status IN ('applied','approved','waitlisted','declined','withdrawn')", name=op.f('ck_exhibitor_status')),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_exhibitor_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_exhibitor_organisation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exhibitor')),
    sa.UniqueConstraint('fair_id', 'organisation_id', name=op.f('uq_exhibitor_fair_id_organisation_id'))
    )
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exhibitor_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exhibitor_fair_id_status'), ['fair_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_exhibitor_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('fair_day',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('opens', sa.Time(), nullable=False),
    sa.Column('closes', sa.Time(), nullable=False),
    sa.CheckConstraint('opens < closes', name=op.f('ck_fair_day_hours')),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_fair_day_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fair_day')),
    sa.UniqueConstraint('fair_id', 'date', name=op.f('uq_fair_day_fair_id_date'))
    )
    with op.batch_alter_table('fair_day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fair_day_fair_id'), ['fair_id'], unique=False)

    op.create_table('floor_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_floor_change_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_floor_change'))
    )
    with op.batch_alter_table('floor_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_floor_change_fair_id'), ['fair_id'], unique=False)

    op.create_table('hall',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('columns', sa.Integer(), nullable=False),
    sa.Column('cell_metres', sa.Double(), nullable=False),
    sa.Column('entrance_row', sa.Integer(), nullable=True),
    sa.Column('entrance_column', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_hall_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall')),
    sa.UniqueConstraint('fair_id', 'name', name=op.f('uq_hall_fair_id_name'))
    )
    with op.batch_alter_table('hall', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hall_fair_id'), ['fair_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('occupation_group',
    sa.Column('code', sa.String(length=4), nullable=False),
    sa.Column('field_code', sa.String(length=40), nullable=False),
    sa.Column('name_sv', sa.String(length=300), nullable=False),
    sa.Column('name_en', sa.String(length=300), nullable=False),
    sa.Column('common', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['field_code'], ['occupation_field.code'], name=op.f('fk_occupation_group_field_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_occupation_group'))
    )
    with op.batch_alter_table('occupation_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupation_group_field_code'), ['field_code'], unique=False)

    op.create_table('partner',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_partner_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner')),
    sa.UniqueConstraint('fair_id', 'name', name=op.f('uq_partner_fair_id_name'))
    )
    with op.batch_alter_table('partner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_fair_id'), ['fair_id'], unique=False)

    op.create_table('phase',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('opens_at < closes_at', name=op.f('ck_phase_order')),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_phase_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phase')),
    sa.UniqueConstraint('fair_id', 'kind', name=op.f('uq_phase_fair_id_kind'))
    )
    with op.batch_alter_table('phase', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phase_fair_id'), ['fair_id'], unique=False)

    op.create_table('privacy_words',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('controller', sa.Text(), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('keep_days', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_privacy_words_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_privacy_words')),
    sa.UniqueConstraint('fair_id', 'version', name=op.f('uq_privacy_words_fair_id_version'))
    )
    with op.batch_alter_table('privacy_words', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_privacy_words_fair_id'), ['fair_id'], unique=False)

    op.create_table('representative',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('admin', 'recruiter')", name=op.f('ck_representative_role')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_representative_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_representative_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_representative')),
    sa.UniqueConstraint('organisation_id', 'person_id', name=op.f('uq_representative_organisation_id_person_id'))
    )
    with op.batch_alter_table('representative', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_representative_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_representative_person_id'), ['person_id'], unique=False)

    op.create_table('sign_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('for_new', sa.Boolean(), nullable=False),
    sa.Column('device', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_person_id'), ['person_id'], unique=False)

    op.create_table('staff',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('task', sa.String(length=300), nullable=False),
    sa.Column('supervisor', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_staff_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('fair_id', 'person_id', name=op.f('uq_staff_fair_id_person_id'))
    )
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_person_id'), ['person_id'], unique=False)

    op.create_table('talk',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('speaker', sa.String(length=300), nullable=False),
    sa.Column('room', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('places IS NULL OR places > 0', name=op.f('ck_talk_places')),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_talk_times')),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_talk_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_talk'))
    )
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_talk_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_talk_fair_id_starts_at'), ['fair_id', 'starts_at'], unique=False)

    op.create_table('upload',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_upload_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_upload_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_upload_token_hash'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_person_id'), ['person_id'], unique=False)

    op.create_table('block',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('fair_day_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_block_order')),
    sa.ForeignKeyConstraint(['fair_day_id'], ['fair_day.id'], name=op.f('fk_block_fair_day_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_block_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_block')),
    sa.UniqueConstraint('fair_day_id', 'starts_at', name=op.f('uq_block_fair_day_id_starts_at'))
    )
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_block_fair_day_id'), ['fair_day_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_block_fair_id'), ['fair_id'], unique=False)

    op.create_table('booth',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('hall_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('column', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('aisle', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('price_class', sa.String(length=40), nullable=False),
    sa.Column('sockets', sa.Integer(), nullable=False),
    sa.Column('power', sa.String(length=40), nullable=False),
    sa.Column('step_free', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_booth_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['hall_id'], ['hall.id'], name=op.f('fk_booth_hall_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booth')),
    sa.UniqueConstraint('fair_id', 'number', name=op.f('uq_booth_fair_id_number')),
    sa.UniqueConstraint('hall_id', 'row', 'column', name=op.f('uq_booth_hall_id_row_column'))
    )
    with op.batch_alter_table('booth', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booth_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booth_hall_id'), ['hall_id'], unique=False)

    op.create_table('device',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=True),
    sa.Column('talk_id', sa.Uuid(), nullable=True),
    sa.Column('label', sa.String(length=300), nullable=False),
    sa.Column('held_by', sa.String(length=300), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('salt', sa.String(length=64), nullable=False),
    sa.Column('may_list', sa.Boolean(), nullable=False),
    sa.Column('may_names', sa.Boolean(), nullable=False),
    sa.Column('paired_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('clock_off', sa.Double(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("purpose IN ('door', 'booth', 'session', 'kiosk')", name=op.f('ck_device_purpose')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_device_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_device_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_device_person_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['talk_id'], ['talk.id'], name=op.f('fk_device_talk_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_device_token_hash'))
    )
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_device_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_device_fair_id_purpose'), ['fair_id', 'purpose'], unique=False)
        batch_op.create_index(batch_op.f('ix_device_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_device_talk_id'), ['talk_id'], unique=False)

    op.create_table('exhibitor_day',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('fair_day_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_exhibitor_day_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_day_id'], ['fair_day.id'], name=op.f('fk_exhibitor_day_fair_day_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_exhibitor_day_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exhibitor_day')),
    sa.UniqueConstraint('exhibitor_id', 'fair_day_id', name=op.f('uq_exhibitor_day_exhibitor_id_fair_day_id'))
    )
    with op.batch_alter_table('exhibitor_day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exhibitor_day_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exhibitor_day_fair_day_id'), ['fair_day_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exhibitor_day_fair_id'), ['fair_id'], unique=False)

    op.create_table('feed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=True),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('jobseeker', 'recruiter', 'exhibitor')", name=op.f('ck_feed_kind')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_feed_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_feed_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feed_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_feed_token_hash'))
    )
    with op.batch_alter_table('feed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_feed_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_feed_person_id'), ['person_id'], unique=False)

    op.create_table('occupation_name',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_code', sa.String(length=4), nullable=False),
    sa.Column('concept_id', sa.String(length=40), nullable=True),
    sa.Column('name_sv', sa.String(length=300), nullable=False),
    sa.Column('folded', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['group_code'], ['occupation_group.code'], name=op.f('fk_occupation_name_group_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupation_name')),
    sa.UniqueConstraint('concept_id', name=op.f('uq_occupation_name_concept_id'))
    )
    with op.batch_alter_table('occupation_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupation_name_folded'), ['folded'], unique=False)
        batch_op.create_index(batch_op.f('ix_occupation_name_group_code'), ['group_code'], unique=False)

    op.create_table('organiser',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('partner_id', sa.Uuid(), nullable=True),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.CheckConstraint("role IN ('owner', 'co_organiser', 'viewer')", name=op.f('ck_organiser_role')),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_organiser_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['partner_id'], ['partner.id'], name=op.f('fk_organiser_partner_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_organiser_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organiser')),
    sa.UniqueConstraint('fair_id', 'person_id', name=op.f('uq_organiser_fair_id_person_id'))
    )
    with op.batch_alter_table('organiser', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organiser_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_organiser_partner_id'), ['partner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_organiser_person_id'), ['person_id'], unique=False)

    op.create_table('pairing_code',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=True),
    sa.Column('talk_id', sa.Uuid(), nullable=True),
    sa.Column('label', sa.String(length=300), nullable=False),
    sa.Column('may_list', sa.Boolean(), nullable=False),
    sa.Column('may_names', sa.Boolean(), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_pairing_code_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_pairing_code_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_pairing_code_made_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['talk_id'], ['talk.id'], name=op.f('fk_pairing_code_talk_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pairing_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_pairing_code_code_hash'))
    )
    with op.batch_alter_table('pairing_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pairing_code_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pairing_code_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pairing_code_made_by'), ['made_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_pairing_code_talk_id'), ['talk_id'], unique=False)

    op.create_table('registration',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('joined_to', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('folded_name', sa.String(length=300), nullable=False),
    sa.Column('protected', sa.Boolean(), nullable=False),
    sa.Column('alias', sa.String(length=300), nullable=False),
    sa.Column('privacy_version', sa.Integer(), nullable=True),
    sa.Column('privacy_language', sa.String(length=40), nullable=True),
    sa.Column('privacy_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('findable', sa.Boolean(), nullable=False),
    sa.Column('arrival_day_id', sa.Uuid(), nullable=True),
    sa.Column('undecided', sa.Boolean(), nullable=False),
    sa.Column('experience', sa.String(length=40), nullable=False),
    sa.Column('education_level', sa.String(length=40), nullable=False),
    sa.Column('education_country', sa.String(length=40), nullable=False),
    sa.Column('recognition', sa.String(length=40), nullable=False),
    sa.Column('swedish_by', sa.String(length=40), nullable=False),
    sa.Column('swedish', sa.String(length=40), nullable=False),
    sa.Column('licences', sa.JSON(), nullable=False),
    sa.Column('would_move', sa.Boolean(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.CheckConstraint("status IN ('started','registered','cancelled','joined')", name=op.f('ck_registration_status')),
    sa.ForeignKeyConstraint(['arrival_day_id'], ['fair_day.id'], name=op.f('fk_registration_arrival_day_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_registration_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['joined_to'], ['registration.id'], name=op.f('fk_registration_joined_to'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration')),
    sa.UniqueConstraint('fair_id', 'person_id', name=op.f('uq_registration_fair_id_person_id'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_arrival_day_id'), ['arrival_day_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_joined_to'), ['joined_to'], unique=False)
        batch_op.create_index('ix_registration_list', ['fair_id', 'status', 'folded_name', 'id', 'source', 'arrival_day_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_person_id'), ['person_id'], unique=False)

    op.create_table('slot',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('table', sa.Integer(), nullable=False),
    sa.Column('recruiter_id', sa.Uuid(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_slot_times')),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_slot_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_slot_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recruiter_id'], ['person.id'], name=op.f('fk_slot_recruiter_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot')),
    sa.UniqueConstraint('exhibitor_id', 'table', 'starts_at', name=op.f('uq_slot_exhibitor_id_table_starts_at'))
    )
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_slot_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_slot_fair_id_starts_at'), ['fair_id', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_slot_recruiter_id'), ['recruiter_id'], unique=False)

    op.create_table('vacancy',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('external_id', sa.String(length=300), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('folded_title', sa.String(length=300), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('openings', sa.Integer(), nullable=True),
    sa.Column('group_code', sa.String(length=4), nullable=True),
    sa.Column('pay_from', sa.Integer(), nullable=True),
    sa.Column('pay_to', sa.Integer(), nullable=True),
    sa.Column('pay_period', sa.String(length=40), nullable=True),
    sa.Column('hours', sa.String(length=40), nullable=True),
    sa.Column('hours_words', sa.String(length=300), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=True),
    sa.Column('swedish', sa.String(length=40), nullable=True),
    sa.Column('other_languages', sa.JSON(), nullable=False),
    sa.Column('recognition', sa.String(length=40), nullable=True),
    sa.Column('licence', sa.String(length=40), nullable=True),
    sa.Column('interviews_today', sa.Boolean(), nullable=True),
    sa.Column('decides_today', sa.Boolean(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_vacancy_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_vacancy_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_code'], ['occupation_group.code'], name=op.f('fk_vacancy_group_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy')),
    sa.UniqueConstraint('exhibitor_id', 'external_id', name=op.f('uq_vacancy_exhibitor_id_external_id'))
    )
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_fair_id_status'), ['fair_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_folded_title'), ['folded_title'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_group_code'), ['group_code'], unique=False)

    op.create_table('access_need',
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('interpreter', sa.String(length=40), nullable=False),
    sa.Column('step_free', sa.Boolean(), nullable=False),
    sa.Column('quiet', sa.Boolean(), nullable=False),
    sa.Column('half_day', sa.String(length=40), nullable=False),
    sa.Column('leaves_by', sa.Time(), nullable=True),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_access_need_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_access_need_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('registration_id', name=op.f('pk_access_need'))
    )
    with op.batch_alter_table('access_need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_need_fair_id'), ['fair_id'], unique=False)

    op.create_table('answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('letter_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_answer_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_answer_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_answer_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_answer_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_by'), ['by'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_fair_id_exhibitor_id_registration_id'), ['fair_id', 'exhibitor_id', 'registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_registration_id'), ['registration_id'], unique=False)

    op.create_table('badge',
    sa.Column('code', sa.String(length=16), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('registration_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_badge_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_badge_person_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_badge_registration_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_badge'))
    )
    with op.batch_alter_table('badge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_badge_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_badge_fair_id_person_id'), ['fair_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_badge_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_badge_registration_id'), ['registration_id'], unique=False)

    op.create_table('booth_booking',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('booth_id', sa.Uuid(), nullable=False),
    sa.Column('block_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('times_extended', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['block_id'], ['block.id'], name=op.f('fk_booth_booking_block_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['booth_id'], ['booth.id'], name=op.f('fk_booth_booking_booth_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_booth_booking_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_booth_booking_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booth_booking')),
    sa.UniqueConstraint('booth_id', 'block_id', name=op.f('uq_booth_booking_booth_id_block_id'))
    )
    with op.batch_alter_table('booth_booking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booth_booking_block_id'), ['block_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booth_booking_booth_id'), ['booth_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booth_booking_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booth_booking_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booth_booking_fair_id_exhibitor_id'), ['fair_id', 'exhibitor_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=True),
    sa.Column('slot_id', sa.Uuid(), nullable=True),
    sa.Column('came_by', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_meeting_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_meeting_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_meeting_registration_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_meeting_slot_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_meeting_vacancy_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_fair_id_exhibitor_id_status'), ['fair_id', 'exhibitor_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_fair_id_registration_id_status'), ['fair_id', 'registration_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_fair_id_starts_at_id'), ['fair_id', 'starts_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_fair_id_status_starts_at'), ['fair_id', 'status', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_slot_id'), ['slot_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_status_expires_at'), ['status', 'expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_vacancy_id'), ['vacancy_id'], unique=False)
        batch_op.create_index('uq_meeting_jobseeker_start', ['registration_id', 'starts_at'], unique=True, sqlite_where=sa.text("status IN ('booked', 'held', 'no_show')"), postgresql_where=sa.text("status IN ('booked', 'held', 'no_show')"))
        batch_op.create_index('uq_meeting_pair_open', ['registration_id', 'exhibitor_id'], unique=True, sqlite_where=sa.text("status IN ('requested', 'booked')"), postgresql_where=sa.text("status IN ('requested', 'booked')"))
        batch_op.create_index('uq_meeting_slot', ['slot_id'], unique=True, sqlite_where=sa.text("status IN ('booked', 'held', 'no_show')"), postgresql_where=sa.text("status IN ('booked', 'held', 'no_show')"))

    op.create_table('pair_block',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('by', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_pair_block_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_pair_block_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_pair_block_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_block')),
    sa.UniqueConstraint('registration_id', 'exhibitor_id', name=op.f('uq_pair_block_registration_id_exhibitor_id'))
    )
    with op.batch_alter_table('pair_block', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pair_block_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pair_block_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pair_block_registration_id'), ['registration_id'], unique=False)

    op.create_table('promise',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_promise_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_promise_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_promise_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_promise_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise')),
    sa.UniqueConstraint('exhibitor_id', 'registration_id', name=op.f('uq_promise_exhibitor_id_registration_id'))
    )
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promise_by'), ['by'], unique=False)
        batch_op.create_index(batch_op.f('ix_promise_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_promise_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_promise_registration_id'), ['registration_id'], unique=False)

    op.create_table('remark',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('author', sa.Uuid(), nullable=False),
    sa.Column('author_name', sa.String(length=300), nullable=False),
    sa.Column('scan_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('star', sa.Integer(), nullable=False),
    sa.Column('next_step', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_remark_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_remark_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_remark_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark'))
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remark_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_fair_id_exhibitor_id_registration_id_at'), ['fair_id', 'exhibitor_id', 'registration_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_registration_id'), ['registration_id'], unique=False)

    op.create_table('scan',
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('device_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=300), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('at_said', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offline', sa.Boolean(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('first_id', sa.Uuid(), nullable=True),
    sa.Column('badge_kind', sa.String(length=40), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('registration_id', sa.Uuid(), nullable=True),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=True),
    sa.Column('talk_id', sa.Uuid(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('star', sa.Integer(), nullable=False),
    sa.Column('next_step', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['device.id'], name=op.f('fk_scan_device_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_scan_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_scan_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_scan_person_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_scan_registration_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['talk_id'], ['talk.id'], name=op.f('fk_scan_talk_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('fair_id', 'id', name=op.f('pk_scan'))
    )
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scan_device_id'), ['device_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_fair_id_exhibitor_id_at'), ['fair_id', 'exhibitor_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_fair_id_person_id_kind'), ['fair_id', 'person_id', 'kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_fair_id_received_at'), ['fair_id', 'received_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_fair_id_registration_id_kind_at'), ['fair_id', 'registration_id', 'kind', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_fair_id_status'), ['fair_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_talk_id'), ['talk_id'], unique=False)

    op.create_table('seat',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('talk_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_seat_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_seat_registration_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['talk_id'], ['talk.id'], name=op.f('fk_seat_talk_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('talk_id', 'registration_id', name=op.f('uq_seat_talk_id_registration_id'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seat_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seat_talk_id'), ['talk_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seat_talk_id_status_asked_at'), ['talk_id', 'status', 'asked_at'], unique=False)

    op.create_table('share',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('exhibitor_id', sa.Uuid(), nullable=False),
    sa.Column('how', sa.String(length=40), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['exhibitor_id'], ['exhibitor.id'], name=op.f('fk_share_exhibitor_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_share_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_share_recorded_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_share_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share'))
    )
    with op.batch_alter_table('share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_share_exhibitor_id'), ['exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_fair_id_exhibitor_id'), ['fair_id', 'exhibitor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_recorded_by'), ['recorded_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_registration_id'), ['registration_id'], unique=False)
        batch_op.create_index('uq_share_standing', ['registration_id', 'exhibitor_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('spoken_language',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('tag', sa.String(length=40), nullable=False),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_spoken_language_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_spoken_language_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_spoken_language')),
    sa.UniqueConstraint('registration_id', 'tag', name=op.f('uq_spoken_language_registration_id_tag'))
    )
    with op.batch_alter_table('spoken_language', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_spoken_language_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_spoken_language_registration_id'), ['registration_id'], unique=False)

    op.create_table('told_apart',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('one_id', sa.Uuid(), nullable=False),
    sa.Column('other_id', sa.Uuid(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_told_apart_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_told_apart_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['one_id'], ['registration.id'], name=op.f('fk_told_apart_one_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['registration.id'], name=op.f('fk_told_apart_other_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_told_apart')),
    sa.UniqueConstraint('one_id', 'other_id', name=op.f('uq_told_apart_one_id_other_id'))
    )
    with op.batch_alter_table('told_apart', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_told_apart_by'), ['by'], unique=False)
        batch_op.create_index(batch_op.f('ix_told_apart_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_told_apart_one_id'), ['one_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_told_apart_other_id'), ['other_id'], unique=False)

    op.create_table('wanted_place',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_wanted_place_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_wanted_place_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wanted_place')),
    sa.UniqueConstraint('registration_id', 'place', name=op.f('uq_wanted_place_registration_id_place'))
    )
    with op.batch_alter_table('wanted_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wanted_place_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wanted_place_registration_id'), ['registration_id'], unique=False)

    op.create_table('wanted_work',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fair_id', sa.Uuid(), nullable=False),
    sa.Column('registration_id', sa.Uuid(), nullable=False),
    sa.Column('field_code', sa.String(length=40), nullable=False),
    sa.Column('group_code', sa.String(length=4), nullable=True),
    sa.Column('name_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], name=op.f('fk_wanted_work_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['field_code'], ['occupation_field.code'], name=op.f('fk_wanted_work_field_code')),
    sa.ForeignKeyConstraint(['group_code'], ['occupation_group.code'], name=op.f('fk_wanted_work_group_code')),
    sa.ForeignKeyConstraint(['name_id'], ['occupation_name.id'], name=op.f('fk_wanted_work_name_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_wanted_work_registration_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wanted_work')),
    sa.UniqueConstraint('registration_id', 'field_code', 'group_code', 'name_id', name=op.f('uq_wanted_work_registration_id_field_code_group_code_name_id'))
    )
    with op.batch_alter_table('wanted_work', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wanted_work_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wanted_work_field_code'), ['field_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_wanted_work_name_id'), ['name_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wanted_work_registration_id'), ['registration_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('wanted_work', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wanted_work_registration_id'))
        batch_op.drop_index(batch_op.f('ix_wanted_work_name_id'))
        batch_op.drop_index(batch_op.f('ix_wanted_work_field_code'))
        batch_op.drop_index(batch_op.f('ix_wanted_work_fair_id'))

    op.drop_table('wanted_work')
    with op.batch_alter_table('wanted_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wanted_place_registration_id'))
        batch_op.drop_index(batch_op.f('ix_wanted_place_fair_id'))

    op.drop_table('wanted_place')
    with op.batch_alter_table('told_apart', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_told_apart_other_id'))
        batch_op.drop_index(batch_op.f('ix_told_apart_one_id'))
        batch_op.drop_index(batch_op.f('ix_told_apart_fair_id'))
        batch_op.drop_index(batch_op.f('ix_told_apart_by'))

    op.drop_table('told_apart')
    with op.batch_alter_table('spoken_language', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_spoken_language_registration_id'))
        batch_op.drop_index(batch_op.f('ix_spoken_language_fair_id'))

    op.drop_table('spoken_language')
    with op.batch_alter_table('share', schema=None) as batch_op:
        batch_op.drop_index('uq_share_standing', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_share_registration_id'))
        batch_op.drop_index(batch_op.f('ix_share_recorded_by'))
        batch_op.drop_index(batch_op.f('ix_share_fair_id_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_share_fair_id'))
        batch_op.drop_index(batch_op.f('ix_share_exhibitor_id'))

    op.drop_table('share')
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_talk_id_status_asked_at'))
        batch_op.drop_index(batch_op.f('ix_seat_talk_id'))
        batch_op.drop_index(batch_op.f('ix_seat_registration_id'))
        batch_op.drop_index(batch_op.f('ix_seat_fair_id'))

    op.drop_table('seat')
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scan_talk_id'))
        batch_op.drop_index(batch_op.f('ix_scan_registration_id'))
        batch_op.drop_index(batch_op.f('ix_scan_person_id'))
        batch_op.drop_index(batch_op.f('ix_scan_fair_id_status'))
        batch_op.drop_index(batch_op.f('ix_scan_fair_id_registration_id_kind_at'))
        batch_op.drop_index(batch_op.f('ix_scan_fair_id_received_at'))
        batch_op.drop_index(batch_op.f('ix_scan_fair_id_person_id_kind'))
        batch_op.drop_index(batch_op.f('ix_scan_fair_id_exhibitor_id_at'))
        batch_op.drop_index(batch_op.f('ix_scan_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_scan_device_id'))

    op.drop_table('scan')
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_remark_registration_id'))
        batch_op.drop_index(batch_op.f('ix_remark_fair_id_exhibitor_id_registration_id_at'))
        batch_op.drop_index(batch_op.f('ix_remark_fair_id'))
        batch_op.drop_index(batch_op.f('ix_remark_exhibitor_id'))

    op.drop_table('remark')
    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_promise_registration_id'))
        batch_op.drop_index(batch_op.f('ix_promise_fair_id'))
        batch_op.drop_index(batch_op.f('ix_promise_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_promise_by'))

    op.drop_table('promise')
    with op.batch_alter_table('pair_block', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pair_block_registration_id'))
        batch_op.drop_index(batch_op.f('ix_pair_block_fair_id'))
        batch_op.drop_index(batch_op.f('ix_pair_block_exhibitor_id'))

    op.drop_table('pair_block')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index('uq_meeting_slot', sqlite_where=sa.text("status IN ('booked', 'held', 'no_show')"), postgresql_where=sa.text("status IN ('booked', 'held', 'no_show')"))
        batch_op.drop_index('uq_meeting_pair_open', sqlite_where=sa.text("status IN ('requested', 'booked')"), postgresql_where=sa.text("status IN ('requested', 'booked')"))
        batch_op.drop_index('uq_meeting_jobseeker_start', sqlite_where=sa.text("status IN ('booked', 'held', 'no_show')"), postgresql_where=sa.text("status IN ('booked', 'held', 'no_show')"))
        batch_op.drop_index(batch_op.f('ix_meeting_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_status_expires_at'))
        batch_op.drop_index(batch_op.f('ix_meeting_slot_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_registration_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_fair_id_status_starts_at'))
        batch_op.drop_index(batch_op.f('ix_meeting_fair_id_starts_at_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_fair_id_registration_id_status'))
        batch_op.drop_index(batch_op.f('ix_meeting_fair_id_exhibitor_id_status'))
        batch_op.drop_index(batch_op.f('ix_meeting_fair_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_exhibitor_id'))

    op.drop_table('meeting')
    with op.batch_alter_table('booth_booking', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_booth_booking_fair_id_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_booth_booking_fair_id'))
        batch_op.drop_index(batch_op.f('ix_booth_booking_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_booth_booking_booth_id'))
        batch_op.drop_index(batch_op.f('ix_booth_booking_block_id'))

    op.drop_table('booth_booking')
    with op.batch_alter_table('badge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_badge_registration_id'))
        batch_op.drop_index(batch_op.f('ix_badge_person_id'))
        batch_op.drop_index(batch_op.f('ix_badge_fair_id_person_id'))
        batch_op.drop_index(batch_op.f('ix_badge_fair_id'))

    op.drop_table('badge')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_registration_id'))
        batch_op.drop_index(batch_op.f('ix_answer_fair_id_exhibitor_id_registration_id'))
        batch_op.drop_index(batch_op.f('ix_answer_fair_id'))
        batch_op.drop_index(batch_op.f('ix_answer_exhibitor_id'))
        batch_op.drop_index(batch_op.f('ix_answer_by'))

    op.drop_table('answer')
    with op.batch_alter_table('access_need', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_need_fair_id'))

    op.drop_table('access_need')
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vacancy_group_code'))
        batch_op.drop_index(batch_op.f('ix_vacancy_folded_title'))
        batch_op.drop_index(batch_op.f('ix_vacancy_fair_id_status'))
        batch_op.drop_index(batch_op.f('ix_vacancy_fair_id'))
        batch_op.drop_index(batch_op.f('ix_vacancy_exhibitor_id'))

    op.drop_table('vacancy')
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slot_recruiter_id'))
        batch_op.drop_index(batch_op.f('ix_slot_fair_id_starts_at'))
        batch_op.drop_index(batch_op.f('ix_slot_fair_id'))
        batch_op.drop_index(batch_op.f('ix_slot_exhibitor_id'))

    op.drop_table('slot')
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_person_id'))
        batch_op.drop_index('ix_registration_list')
        batch_op.drop_index(batch_op.f('ix_registration_joined_to'))
        batch_op.drop_index(batch_op.f('ix_registration_fair_id'))
        batch_op.drop_index(batch_op.f('ix_registration_arrival_day_id'))

    op.drop_table('registration')
    with op.batch_alter_table('pairing_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pairing_code_talk_id'))
        batch_op.drop_index(batch_op.f('ix_pairing_code_made_by'))
        batch_op.drop_index(batch_op.f('ix_pairing_code_fair_id'))
        batch_op.drop_index(batch_op.f('ix_pairing_code_exhibitor_id'))

    op.drop_table('pairing_code')
    with op.batch_alter_table('organiser', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organiser_person_id'))
        batch_op.drop_index(batch_op.f('ix_organiser_partner_id'))
        batch_op.drop_index(batch_op.f('ix_organiser_fair_id'))

    op.drop_table('organiser')
    with op.batch_alter_table('occupation_name', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occupation_name_group_code'))
        batch_op.drop_index(batch_op.f('ix_occupation_name_folded'))

    op.drop_table('occupation_name')
    with op.batch_alter_table('feed', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feed_person_id'))
        batch_op.drop_index(batch_op.f('ix_feed_fair_id'))
        batch_op.drop_index(batch_op.f('ix_feed_exhibitor_id'))

    op.drop_table('feed')
    with op.batch_alter_table('exhibitor_day', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exhibitor_day_fair_id'))
        batch_op.drop_index(batch_op.f('ix_exhibitor_day_fair_day_id'))
        batch_op.drop_index(batch_op.f('ix_exhibitor_day_exhibitor_id'))

    op.drop_table('exhibitor_day')
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_device_talk_id'))
        batch_op.drop_index(batch_op.f('ix_device_person_id'))
        batch_op.drop_index(batch_op.f('ix_device_fair_id_purpose'))
        batch_op.drop_index(batch_op.f('ix_device_fair_id'))
        batch_op.drop_index(batch_op.f('ix_device_exhibitor_id'))

    op.drop_table('device')
    with op.batch_alter_table('booth', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_booth_hall_id'))
        batch_op.drop_index(batch_op.f('ix_booth_fair_id'))

    op.drop_table('booth')
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_block_fair_id'))
        batch_op.drop_index(batch_op.f('ix_block_fair_day_id'))

    op.drop_table('block')
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_upload_person_id'))
        batch_op.drop_index(batch_op.f('ix_upload_fair_id'))
        batch_op.drop_index(batch_op.f('ix_upload_expires_at'))

    op.drop_table('upload')
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_talk_fair_id_starts_at'))
        batch_op.drop_index(batch_op.f('ix_talk_fair_id'))

    op.drop_table('talk')
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_person_id'))
        batch_op.drop_index(batch_op.f('ix_staff_fair_id'))

    op.drop_table('staff')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_person_id'))
        batch_op.drop_index(batch_op.f('ix_sign_in_created_at'))

    op.drop_table('sign_in')
    with op.batch_alter_table('representative', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_representative_person_id'))
        batch_op.drop_index(batch_op.f('ix_representative_organisation_id'))

    op.drop_table('representative')
    with op.batch_alter_table('privacy_words', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_privacy_words_fair_id'))

    op.drop_table('privacy_words')
    with op.batch_alter_table('phase', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phase_fair_id'))

    op.drop_table('phase')
    with op.batch_alter_table('partner', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_partner_fair_id'))

    op.drop_table('partner')
    with op.batch_alter_table('occupation_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occupation_group_field_code'))

    op.drop_table('occupation_group')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_organisation_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('hall', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hall_fair_id'))

    op.drop_table('hall')
    with op.batch_alter_table('floor_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_floor_change_fair_id'))

    op.drop_table('floor_change')
    with op.batch_alter_table('fair_day', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fair_day_fair_id'))

    op.drop_table('fair_day')
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exhibitor_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_exhibitor_fair_id_status'))
        batch_op.drop_index(batch_op.f('ix_exhibitor_fair_id'))

    op.drop_table('exhibitor')
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_correction_fair_id'))
        batch_op.drop_index(batch_op.f('ix_correction_by'))

    op.drop_table('correction')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_person_id'))
        batch_op.drop_index(batch_op.f('ix_contact_address'))

    op.drop_table('contact')
    with op.batch_alter_table('code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_code_person_id'))
        batch_op.drop_index(batch_op.f('ix_code_expires_at'))
        batch_op.drop_index(batch_op.f('ix_code_address'))

    op.drop_table('code')
    with op.batch_alter_table('tally', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tally_window_start'))

    op.drop_table('tally')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_folded_name'))

    op.drop_table('person')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_folded_name'))

    op.drop_table('organisation')
    op.drop_table('occupation_field')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_status_next_try_at'))
        batch_op.drop_index(batch_op.f('ix_letter_person_id'))
        batch_op.drop_index(batch_op.f('ix_letter_fair_id_id'))

    op.drop_table('letter')
    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_journal_entry_thing_id'))
        batch_op.drop_index(batch_op.f('ix_journal_entry_fair_id_id'))

    op.drop_table('journal_entry')
    op.drop_table('fair')
