/** One message of a conversation that is written out. */
export interface Line {
  /** Who wrote it; null: the patient. */
  readonly by: number | null
  readonly body: string
  /** Minutes before the data is loaded. */
  readonly ago: number
  readonly status?: 'read' | 'failed' | 'undelivered'
  readonly error?: number
}

export interface Talk {
  /** Places of its patients among those of the practice who have a number. */
  readonly behind: readonly number[]
  readonly lines: readonly Line[]
  readonly assignedTo?: number
  readonly unread?: number
  readonly archived?: true
  readonly consent?: 'opted_out' | 'held'
  readonly notes?: readonly { readonly by: number; readonly body: string }[]
}

const dana = 1386
const siobhan = 1387

/** What is going on in the seed practice: somebody waits too long, somebody a little, some are answered, some difficult. */
export const harborTalks: readonly Talk[] = [
  {
    behind: [0],
    assignedTo: dana,
    unread: 2,
    lines: [
      {
        by: dana,
        body: 'Hi Maeve, this is Dana from Harbor Sleep Center. How was the first week with your CPAP?',
        ago: 1510,
        status: 'read',
      },
      { by: null, body: 'Better than I feared! But the mask leaks when I turn on my side', ago: 26 },
      { by: null, body: 'and it wakes my husband 😴', ago: 24 },
    ],
    notes: [{ by: siobhan, body: 'She has the small nasal mask. Fitting report says medium.' }],
  },
  {
    behind: [1],
    assignedTo: dana,
    unread: 1,
    lines: [
      { by: null, body: '¿Puedo cambiar mi cita del jueves?', ago: 3050 },
      { by: dana, body: 'Hola José, claro. ¿Le va bien el viernes a las 10?', ago: 3046, status: 'read' },
      { by: null, body: 'El viernes no puedo, trabajo hasta las 3. ¿Hay algo por la tarde?', ago: 8 },
    ],
  },
  {
    behind: [2],
    unread: 1,
    lines: [{ by: null, body: 'Is the sleep study at 8 or 9 tonight?', ago: 3 }],
  },
  {
    behind: [3],
    assignedTo: siobhan,
    unread: 1,
    lines: [
      { by: siobhan, body: 'Your results are ready. When may Dr. Chen call you?', ago: 190, status: 'read' },
      { by: null, body: '谢谢。今天下午四点以后可以吗？', ago: 15 },
    ],
  },
  {
    behind: [4],
    lines: [
      { by: dana, body: 'A reminder of your appointment tomorrow at 10:30. Reply C to confirm.', ago: 1300 },
      { by: null, body: 'C', ago: 1290 },
      { by: dana, body: 'Thank you, see you tomorrow!', ago: 1288 },
    ],
    assignedTo: dana,
  },
  {
    behind: [5],
    consent: 'opted_out',
    lines: [
      {
        by: siobhan,
        body: 'Hello, this is Harbor Sleep Center. It is time for new filters. Shall we send some?',
        ago: 2900,
      },
      { by: null, body: 'STOP', ago: 2895 },
    ],
  },
  {
    behind: [6],
    consent: 'held',
    unread: 1,
    lines: [
      { by: dana, body: 'Hi, your insurance has approved the home test.', ago: 420 },
      { by: null, body: 'ok. but please stop texting me, call my wife instead', ago: 12 },
    ],
    assignedTo: dana,
  },
  {
    behind: [9, 10],
    unread: 1,
    lines: [{ by: null, body: 'hi its me, did the new hose arrive?', ago: 5 }],
    notes: [{ by: dana, body: 'Two patients share this phone. Ask who is writing before naming anybody.' }],
  },
  {
    behind: [8],
    assignedTo: dana,
    lines: [
      {
        by: dana,
        body: 'Good morning! Your equipment is ready to be picked up.',
        ago: 75,
        status: 'undelivered',
        error: 30003,
      },
    ],
  },
  {
    behind: [11],
    assignedTo: siobhan,
    lines: [{ by: siobhan, body: 'Please call us about your prescription.', ago: 200, status: 'failed', error: 30006 }],
  },
  {
    behind: [],
    unread: 1,
    lines: [{ by: null, body: 'Hello? Is this the sleep clinic? My doctor gave me this number', ago: 19 }],
  },
  {
    behind: [],
    unread: 2,
    lines: [
      { by: null, body: 'Running 10 min late', ago: 2 },
      { by: null, body: 'sorry, this is Kim, 2pm appt', ago: 1 },
    ],
  },
  {
    behind: [13],
    archived: true,
    assignedTo: dana,
    lines: [
      { by: null, body: '¡Gracias por todo!', ago: 12_000 },
      { by: dana, body: 'De nada, Ana María. Que duerma bien.', ago: 11_990, status: 'read' },
    ],
  },
  {
    behind: [17],
    assignedTo: dana,
    lines: [
      { by: null, body: 'How do I clean the water chamber? The booklet only says "regularly" 🤷', ago: 330 },
      {
        by: dana,
        body: 'Once a day: empty it, rinse it with warm soapy water, let it dry. Once a week: half an hour in one part white vinegar and three parts water.',
        ago: 326,
        status: 'read',
      },
      { by: null, body: 'perfect thx', ago: 320 },
      { by: dana, body: 'Any time!', ago: 318 },
    ],
  },
  {
    behind: [19],
    unread: 1,
    lines: [{ by: null, body: 'Здравствуйте, можно перенести визит на понедельник?', ago: 6 }],
  },
  {
    behind: [16],
    assignedTo: siobhan,
    lines: [
      { by: null, body: "Does <b>bold</b> text work here? Robert'); --", ago: 610 },
      { by: siobhan, body: 'It arrives exactly as you typed it.', ago: 605 },
    ],
  },
]

/** What else is talked about. */
export const dialogues: readonly [Dialogue, ...Dialogue[]] = [
  [
    ['staff', 'A reminder of your visit on Tuesday at 9:15. Reply C to confirm or call us to change it.'],
    ['patient', 'C'],
    ['staff', 'Confirmed, thank you.'],
  ],
  [
    ['patient', 'My mask strap broke, can I get a new one?'],
    ['staff', 'Yes, we have put one aside for you at the front desk. We are open until five.'],
    ['patient', 'Great, I will come by after work'],
    ['staff', 'See you then.'],
  ],
  [
    ['patient', 'The pressure feels too high since last night'],
    ['staff', 'Thank you for telling us. Does it feel so from the beginning or only later at night?'],
    ['patient', 'Only in the early morning'],
    ['staff', 'That can be adjusted from here. Dr. Patel will look at your data today, and we will write to you.'],
  ],
  [
    ['patient', 'Do I need to bring my machine to the appointment?'],
    ['staff', 'Please do, with the power cord. The mask and hose too, if you can.'],
  ],
  [
    ['staff', 'Your home sleep test has been posted. It should be with you in two days.'],
    ['patient', 'Got it today. Do I wear it one night or two?'],
    ['staff', 'One night is enough if you sleep for four hours. The return label is in the box.'],
  ],
  [
    ['patient', 'Is parking free at your place?'],
    ['staff', 'The first two hours are, behind the building.'],
  ],
  [
    ['patient', 'I slept 7 hours last night, first time in years 🎉'],
    ['staff', 'That is wonderful to hear. Keep going!'],
  ],
  [
    ['patient', 'Insurance says they need a form from you'],
    ['staff', 'We sent it this morning. They usually answer within three days.'],
    ['patient', 'thank you!!'],
    ['staff', 'You are welcome.'],
  ],
]

type Dialogue = readonly (readonly [who: 'patient' | 'staff', body: string])[]
