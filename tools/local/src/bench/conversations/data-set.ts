/** How many rows a data set has, exactly. */
export interface Size {
  readonly tenants: number
  readonly conversations: number
  readonly messages: number
}

/** What conversations are measured on. */
export const SIZE: Size = { tenants: 50, conversations: 200_000, messages: 2_000_000 }
export const PRACTICES_PER_TENANT = 4

export const COORDINATORS_PER_PRACTICE = 5
/** `sax_id` of the first coordinator, and of the first tenant's administrator. */
export const FIRST_COORDINATOR = 100_001
export const FIRST_ADMINISTRATOR = 200_001

/** Words as people search for them, by how many of the messages hold them. */
export const WORDS = {
  rare: { word: 'vinegar', oneIn: 20_000 },
  uncommon: { word: 'barcode', oneIn: 500 },
  common: { word: 'mask' },
  everywhere: { word: 'the' },
} as const

export interface MakingStep {
  readonly title: string
  readonly sql: string
}

/** Indexes of these are made after their rows, which is many times faster. */
export const LARGE_TABLES = ['patients', 'conversations', 'messages', 'outbox', 'audit_log'] as const

const FIRST_NAMES = [
  ...['Maria', 'James', 'Ana', 'Robert', 'José', 'Linda', 'Wei', 'Patricia', 'Siobhán', 'Michael', 'Fatima', 'David'],
  ...['Zoë', 'Carlos', 'Priya', 'Thomas', 'Nguyễn', 'Karen', 'Łukasz', 'Emily', 'Omar', 'Grace', 'Ivan', 'Ruth'],
]
const LAST_NAMES = [
  ...['Garcia', 'Smith', "O'Brien", 'Nguyen', 'Johnson', 'Núñez', 'Chen', 'Williams', 'Kowalski', 'Patel', 'Brown'],
  ...['Martinez', 'Haddad', 'Jones', 'van den Berg', 'Kim', 'Davis', 'Okafor', 'Miller', 'Rossi', 'Wilson', 'Singh'],
  ...['Anderson', 'Ivanova', 'Taylor', 'Moore', 'Fernández', 'Clark', 'Schmidt', 'Lewis', 'Walker', 'Young', 'Allen'],
]
/** Each holds "the". */
const OPENINGS = [
  ...['Thanks for the call yesterday.', 'I have the machine on every night now.', 'Could you move the appointment?'],
  ...['How has the first week been?', 'The mask leaks when I turn over.', 'We have the results of your sleep study.'],
  ...[
    'I got the bill and do not understand it.',
    'What is the number for supplies?',
    'Please fill in the form we sent.',
  ],
  ...[
    'The pressure feels too high.',
    'Your doctor has seen the report.',
    'I am at the front desk.',
    'It is the left strap.',
  ],
  ...['My husband hears the air at night.', 'We can see you on the 14th.', 'I lost the adapter while traveling.'],
  ...['Did the new cushion arrive?', 'The humidifier is empty by morning.', 'Bring the card from your device.'],
  ...['Sorry, I missed the message.', 'The mask fits well, thank you.', 'Is the clinic open on Monday?'],
]
const REMARKS = [
  ...[
    'Let me know what works for you.',
    'I will try again tonight.',
    'Call us any time before five.',
    'Ok, thank you!',
  ],
  ...['It was dry again this morning.', 'A nurse will look at it today.', 'See you soon.', 'That would help a lot.'],
  ...[
    'I slept almost six hours.',
    'We will send a replacement by mail.',
    'My insurance asks for a letter.',
    'Yes please',
  ],
  ...[
    'Reply here if anything changes.',
    'I wake up with a headache.',
    'No worries 😊',
    '¿Puede llamarme por la tarde?',
  ],
  ...[
    'It makes a whistling noise.',
    'Your next visit is in three months.',
    'I will be late by ten minutes.',
    'Good night',
  ],
]

const list = (texts: readonly string[]) => `array[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')}]`
const pick = (texts: readonly string[], n: string, salt: number) =>
  `(${list(texts)})[1 + floor(pg_temp.part(${n}, ${salt}) * ${texts.length})::int]`

/**
 * Numbers that look drawn and are the same each time: of a row's number, and of a salt for each thing that is drawn.
 * Tenants are of different sizes, the first the largest with two and a half times the mean; messages of a conversation
 * are few or very many; and rows lie in the order of time, as they would have been written.
 */
export function making(size: Size): readonly MakingStep[] {
  const practices = size.tenants * PRACTICES_PER_TENANT
  const coordinators = practices * COORDINATORS_PER_PRACTICE
  return [
    {
      title: 'tenants, practices and people',
      sql: `
      set session_replication_role = replica;
      set synchronous_commit = off;
      set maintenance_work_mem = '1GB';
      set work_mem = '512MB';
      create function pg_temp.part(n bigint, salt bigint) returns double precision language sql immutable
        return (hashint8extended(n, salt) & 4503599627370495)::double precision / 4503599627370496;
      create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable
        return overlay(overlay(md5(kind || n) placing '4' from 13) placing '8' from 17)::uuid;
      create temp table clock as select now() as now;
      insert into app.tenants (id, name) select pg_temp.id('tenant', t), 'Tenant ' || t from generate_series(1, ${size.tenants}) t;
      insert into app.practices (id, tenant_id, name, phone, time_zone)
        select pg_temp.id('practice', p), pg_temp.id('tenant', (p - 1) / ${PRACTICES_PER_TENANT} + 1), 'Practice ' || p,
          '+1617555' || lpad(p::text, 4, '0'), 'America/New_York'
        from generate_series(1, ${practices}) p;
      insert into app.senders (phone, tenant_id, practice_id) select phone, tenant_id, id from app.practices;
      insert into app.opening_hours (tenant_id, practice_id, weekday, opens, closes)
        select tenant_id, id, day, '08:00', '18:00' from app.practices, generate_series(1, 5) day;
      insert into app.people (sax_id, name, email)
        select sax_id, ${pick(FIRST_NAMES, 'sax_id', 1)} || ' ' || ${pick(LAST_NAMES, 'sax_id', 2)}, 'p' || sax_id || '@example.test'
        from (
          select generate_series(${FIRST_COORDINATOR}, ${FIRST_COORDINATOR} + ${coordinators} - 1)
          union all select generate_series(${FIRST_ADMINISTRATOR}, ${FIRST_ADMINISTRATOR} + ${size.tenants} - 1)
        ) staff (sax_id);
      insert into app.roles (tenant_id, practice_id, sax_id, role)
        select pg_temp.id('tenant', (p - 1) / ${PRACTICES_PER_TENANT} + 1), pg_temp.id('practice', p),
          ${FIRST_COORDINATOR} + (p - 1) * ${COORDINATORS_PER_PRACTICE} + k, 'coordinator'
        from generate_series(1, ${practices}) p, generate_series(0, ${COORDINATORS_PER_PRACTICE - 1}) k;
      insert into app.roles (tenant_id, practice_id, sax_id, role)
        select pg_temp.id('tenant', t), null, ${FIRST_ADMINISTRATOR} + t - 1, 'administrator' from generate_series(1, ${size.tenants}) t;`,
    },
    {
      title: 'who talks with whom',
      sql: `
      create temp table shares as
        select t, sum(share) over (order by t) / sum(share) over () as upto
        from (select t, 0.4 + 2.1 * power((${size.tenants} - t) / ${size.tenants - 1}.0, 2.5) as share from generate_series(1, ${size.tenants}) t) s;
      create temp table talks as
        with drawn as (
          select n, pg_temp.id('conversation', n) as id,
            (select min(t) from shares where upto >= (n - 0.5) / ${size.conversations}) as t,
            case when pg_temp.part(n, 10) < 0.4 then 1 when pg_temp.part(n, 10) < 0.7 then 2 when pg_temp.part(n, 10) < 0.9 then 3 else 4 end as place,
            case when n % 10000 = 7 then 2000 + n / 200
              else 1 + least(1500, round(5.5 * (power(1 - pg_temp.part(n, 11), -0.6) - 0.9)))::int end as messages
          from generate_series(1, ${size.conversations}) n
        ), corrected as (
          select *, sign(${size.messages} - sum(messages) over ())::int * (
            row_number() over (partition by messages >= 4 order by n) <= abs(${size.messages} - sum(messages) over ()) and messages >= 4
          )::int as correction from drawn
        )
        select n, id, t, (t - 1) * ${PRACTICES_PER_TENANT} + place as p, pg_temp.id('tenant', t) as tenant_id,
          pg_temp.id('practice', (t - 1) * ${PRACTICES_PER_TENANT} + place) as practice_id,
          messages + correction as messages,
          now - interval '3 minutes' - power(pg_temp.part(n, 12), 3) * interval '540 days' as last_at,
          (5 + 1500 * pg_temp.part(n, 13)) * interval '1 minute' as gap,
          case when pg_temp.part(n, 14) < 0.35 then 'archived' else 'active' end as status,
          pg_temp.part(n, 14) > 0.97 as waiting,
          case when pg_temp.part(n, 15) < 0.7 then ${FIRST_COORDINATOR} + ((t - 1) * ${PRACTICES_PER_TENANT} + place - 1) * ${COORDINATORS_PER_PRACTICE}
            + floor(pg_temp.part(n, 16) * ${COORDINATORS_PER_PRACTICE})::int end as assigned,
          '+1' || 201 + n % 97 || 200 + n / 1000 || lpad((n * 7 % 10000)::text, 4, '0') as phone,
          case when pg_temp.part(n, 17) < 0.07 then 0 when pg_temp.part(n, 17) < 0.12 then 2 else 1 end as patients
        from corrected, clock;
      create index on talks (n);
      analyze talks;
      do $$ begin
        if (select sum(messages) <> ${size.messages} or count(*) <> ${size.conversations} or min(messages) < 1 or count(distinct (practice_id, phone)) <> count(*) from talks)
        then raise exception 'the data set has not the size that it should have: %', (select sum(messages) from talks); end if;
      end $$;`,
    },
    {
      title: 'patients',
      sql: `
      insert into app.patients (id, tenant_id, practice_id, first_name, last_name, date_of_birth, phone, email, time_zone, preferred_language)
        select pg_temp.id('patient', n * 4 + k), tenant_id, practice_id, ${pick(FIRST_NAMES, 'n * 4 + k', 20)},
          ${pick(LAST_NAMES, 'n * 4 + k', 21)} || case when pg_temp.part(n * 4 + k, 22) < 0.5 then '-' || ${pick(LAST_NAMES, 'n * 4 + k', 23)} else '' end,
          date '1935-01-01' + floor(pg_temp.part(n * 4 + k, 24) * 25000)::int,
          case when k < patients then phone end, null, 'America/New_York', 'en'
        from talks, generate_series(0, 2) k
        -- Behind the number; and one of three more, whom nobody can text.
        where k < patients or (k = 2 and pg_temp.part(n, 25) < 0.3);
      insert into app.conversation_patients (tenant_id, conversation_id, patient_id)
        select tenant_id, id, pg_temp.id('patient', n * 4 + k) from talks, generate_series(0, 1) k where k < patients;`,
    },
    {
      title: `${size.messages.toLocaleString('en-US')} messages`,
      sql: `
      create temp table said as
        select n, seq, n * 4096 + seq as m, last_at - (messages - seq) * gap as at,
          case when seq = messages then waiting else pg_temp.part(n * 4096 + seq, 30) < 0.45 end as inbound
        from talks, generate_series(1, messages) seq;
      insert into app.messages (id, tenant_id, practice_id, conversation_id, seq, direction, body, status, segment_count,
          author_sax_id, client_id, provider_sid, created_at, sent_at, delivered_at, change_seq, change_xid)
        select pg_temp.id('message', m), tenant_id, practice_id, id, seq, case when inbound then 'inbound' else 'outbound' end,
          ${pick(OPENINGS, 'm', 31)} || ' ' || ${pick(REMARKS, 'm', 32)}
            || case when pg_temp.part(m, 33) < 1.0 / ${WORDS.rare.oneIn} then ' Should I clean it with ${WORDS.rare.word}?' else '' end
            || case when pg_temp.part(m, 34) < 1.0 / ${WORDS.uncommon.oneIn} then ' Scan the ${WORDS.uncommon.word}.' else '' end,
          fate, 1, case when not inbound then ${FIRST_COORDINATOR} + (p - 1) * ${COORDINATORS_PER_PRACTICE} + m % ${COORDINATORS_PER_PRACTICE} end,
          case when not inbound then pg_temp.id('client', m) end, 'SM' || md5('sid' || m), at,
          case when fate <> 'failed' then at end, case when fate = 'delivered' then at end,
          nextval('app.change_seq'), (3 + place / 5000)::text::xid8
        from (
          -- The newest ones may have been given up, or not have arrived: those are what lists look for.
          select said.n, said.seq, said.m, said.at, said.inbound, row_number() over (order by said.at, said.m) as place,
            case when inbound or seq < long.messages then 'delivered' when pg_temp.part(m, 35) < 0.002 then 'failed'
              when pg_temp.part(m, 35) < 0.02 then 'undelivered' else 'delivered' end as fate
          from said join talks long on long.n = said.n order by said.at, said.m
        ) ordered join talks using (n)
        order by place;`,
    },
    {
      title: 'conversations',
      sql: `
      insert into app.conversations (id, tenant_id, practice_id, patient_phone, patient_id, patient_count, friendly_name, status,
          assigned_sax_id, waiting_since, warn_at, due_at, unread_count, last_message_seq, last_message_at,
          not_arrived, last_message_direction, last_message_preview, consent_state, created_at, change_seq, change_xid)
        select talks.id, talks.tenant_id, talks.practice_id, phone, case when patients = 1 then pg_temp.id('patient', n * 4) end, patients,
          case when pg_temp.part(n, 40) < 0.03 then 'Family of ' || ${pick(FIRST_NAMES, 'n', 41)} end, talks.status, assigned,
          case when waiting then last_at end, case when waiting then last_at + interval '7 minutes' end,
          case when waiting then last_at + interval '10 minutes' end,
          case when talks.status = 'active' and (waiting or pg_temp.part(n, 42) < 0.03) then 1 + floor(3 * pg_temp.part(n, 43))::int else 0 end,
          talks.messages, last.created_at, last.status in ('failed', 'undelivered'), last.direction, left(last.body, 160),
          case when not waiting and pg_temp.part(n, 44) < 0.02 then 'opted_out' else 'subscribed' end,
          last_at - (talks.messages - 1) * gap, nextval('app.change_seq'), last.change_xid
        from talks join app.messages last on last.tenant_id = talks.tenant_id and last.conversation_id = talks.id and last.seq = talks.messages
        order by last_at;
      insert into app.consent (tenant_id, phone, state, changed_at)
        select tenant_id, patient_phone, consent_state, last_message_at from app.conversations where consent_state <> 'subscribed';
      insert into app.notes (id, tenant_id, practice_id, conversation_id, author_sax_id, body, created_at, change_seq, change_xid)
        select pg_temp.id('note', n), tenant_id, practice_id, id, ${FIRST_COORDINATOR} + (p - 1) * ${COORDINATORS_PER_PRACTICE}, 'Fitting report says medium.',
          last_at, nextval('app.change_seq'), '3' from talks where pg_temp.part(n, 45) < 0.1;`,
    },
    {
      title: 'what was sent and received',
      sql: `
      insert into app.outbox (message_id, tenant_id, state, attempts, next_attempt_at, changed_at)
        select id, tenant_id, case when status = 'failed' then 'dead' else 'done' end, 1, created_at, created_at
        from app.messages where direction = 'outbound';
      insert into app.inbound_receipts (provider_sid, tenant_id, message_id, received_at)
        select provider_sid, tenant_id, id, created_at from app.messages where direction = 'inbound';`,
    },
    {
      title: 'who saw what, for a while',
      sql: `
      insert into app.audit_log (tenant_id, practice_id, sax_id, action, patient_ids, request_id, conversation_ids)
        select tenant_id, practice_id, coalesce(assigned, ${FIRST_COORDINATOR}), 'conversations.read',
          case when patients > 0 then array[pg_temp.id('patient', n * 4)] else '{}' end, pg_temp.id('request', n)::text, array[id]
        from talks;`,
    },
  ]
}
