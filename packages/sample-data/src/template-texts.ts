import type { categories } from './categories.ts'

/** Where a sample template lives: a practice's number, or the letter of a whole tenant. */
export type Place = 'harbor' | 'brendan' | 'lakeview' | 'puget' | 'mesa' | 'north' | 'west'

export interface TemplateText {
  readonly place: Place
  /** Author of a private template; absent: shared. */
  readonly owner?: number
  readonly name: string
  readonly category: (typeof categories)[number]['slug']
  readonly content: string
}

const shared: readonly TemplateText[] = [
  {
    place: 'harbor',
    name: 'Welcome Message',
    category: 'welcome',
    content:
      'Hi {{firstName}}, this is {{coordinatorName}} from {{practiceName}}. Welcome! You can text me here with any question about your sleep care.',
  },
  {
    place: 'harbor',
    name: 'Sleep study appointment',
    category: 'appointments',
    content:
      'Hi {{firstName}}, your sleep study at {{practiceName}} is booked for {{appointmentDate}} at {{appointmentTime}}. Reply C to confirm or call {{practicePhone}} to change it.',
  },
  {
    place: 'harbor',
    name: 'Appointment tomorrow',
    category: 'appointments',
    content:
      'Reminder for {{fullName}}: we see you tomorrow, {{appointmentDate}}. Please bring your insurance card and a list of your medicines. {{practiceName}}, {{practicePhone}}',
  },
  {
    place: 'harbor',
    name: 'Missed appointment',
    category: 'appointments',
    content:
      'Hi {{firstName}}, we missed you on {{appointmentDate}}. Shall we find another time? Reply here or call {{practicePhone}}.',
  },
  {
    place: 'harbor',
    name: 'First week with CPAP',
    category: 'follow-up',
    content:
      'Hi {{firstName}}, how was your first week with the machine? Dry mouth, leaks and noise can all be fixed. Tell me what bothers you most. {{coordinatorName}}',
  },
  {
    place: 'harbor',
    name: '30-day adherence check',
    category: 'follow-up',
    content:
      'Hi {{firstName}}, your 30-day check is due by {{dueDate}}. Insurance asks for 4 hours a night on 21 of 30 nights. Want to go through your numbers together?',
  },
  {
    place: 'harbor',
    name: 'Mask resupply',
    category: 'equipment',
    content:
      'Hi {{firstName}}, you are due for a new {{supplyItem}}. Reply YES and we will ship it to the address on file. {{practiceName}}',
  },
  {
    place: 'harbor',
    name: 'Equipment pickup',
    category: 'equipment',
    content: 'Your equipment is ready, {{firstName}}. Pick it up at {{practiceName}} any weekday between 9 and 4:30.',
  },
  {
    place: 'harbor',
    name: 'Insurance card needed',
    category: 'billing',
    content:
      'Hi {{firstName}}, we need a copy of your new insurance card before {{dueDate}}. Call {{practicePhone}} and we will tell you how to send it.',
  },
  {
    place: 'harbor',
    name: 'Seguimiento de la primera semana',
    category: 'follow-up',
    content:
      'Hola {{firstName}}, ¿cómo le fue la primera semana con el equipo? Responda a este mensaje y le ayudamos. {{coordinatorName}}, {{practiceName}}',
  },
  {
    place: 'brendan',
    name: 'Welcome to the clinic',
    category: 'welcome',
    content: 'Hello {{firstName}}, welcome to {{practiceName}}. Save this number: it reaches your care team.',
  },
  {
    place: 'brendan',
    name: 'Home test kit shipped',
    category: 'equipment',
    content:
      'Hi {{firstName}}, your home sleep test left today. Tracking: {{trackingNumber}}. Wear it for one night and mail it back.',
  },
  {
    place: 'lakeview',
    name: 'Oximetry overnight',
    category: 'equipment',
    content:
      'Hi {{firstName}}, please wear the oximeter the night of {{appointmentDate}} and return it the next day. {{practicePhone}}',
  },
  {
    place: 'lakeview',
    name: 'Results are in',
    category: 'follow-up',
    content: 'Hi {{firstName}}, your doctor has read your results. Call {{practicePhone}} to talk about them with us.',
  },
  {
    place: 'north',
    name: 'Office closed for weather',
    category: 'general',
    content: '{{practiceName}} is closed on {{closedDate}} because of the weather. We will call you to reschedule.',
  },
  {
    place: 'north',
    name: 'Better sleep habits',
    category: 'education',
    content:
      'Three things that help most, {{firstName}}: the same bedtime every day, no screens in the last hour, and the mask on before the light goes off.',
  },
  {
    place: 'north',
    name: 'Statement available',
    category: 'billing',
    content:
      'Hi {{firstName}}, a new statement from {{practiceName}} is available. Questions about it: {{practicePhone}}.',
  },
  {
    place: 'north',
    name: 'Happy to help 😀',
    category: 'general',
    content: 'You are welcome, {{firstName}}! Text any time. 😀',
  },
  {
    place: 'puget',
    name: 'Welcome Message',
    category: 'welcome',
    content: 'Hi {{firstName}}, {{coordinatorName}} here from {{practiceName}}. We are glad you chose us.',
  },
  {
    place: 'puget',
    name: 'Ferry delays',
    category: 'appointments',
    content:
      'Hi {{firstName}}, ferries are late today. If you cannot make {{appointmentTime}}, reply and we hold the next slot.',
  },
  {
    place: 'puget',
    name: 'Follow-up visit',
    category: 'follow-up',
    content:
      '{{fullName}}, it is time for your follow-up with {{providerName}}. Call {{practicePhone}} to choose a day.',
  },
  {
    place: 'mesa',
    name: 'Filter change',
    category: 'equipment',
    content:
      'Hi {{firstName}}, dust season is here: change the filter every two weeks. Need more? Reply YES. {{practiceName}}',
  },
  {
    place: 'west',
    name: 'New portal',
    category: 'general',
    content: 'Hi {{firstName}}, {{practiceName}} has a new patient portal. Your invitation arrives by mail this week.',
  },
  {
    place: 'west',
    name: 'Payment plan',
    category: 'billing',
    content: 'Hi {{firstName}}, a payment plan is possible. Call {{practicePhone}} and ask for billing.',
  },
]

const personal: readonly TemplateText[] = [
  {
    place: 'harbor',
    owner: 1386,
    name: 'My quick hello',
    category: 'general',
    content: 'Hi {{firstName}}, {{coordinatorName}} here. Is now a good time?',
  },
  {
    place: 'harbor',
    owner: 1386,
    name: 'Leak tips',
    category: 'education',
    content:
      'Try this for leaks, {{firstName}}: lie down, loosen all straps, let the mask fill with air, then tighten evenly.',
  },
  {
    place: 'harbor',
    owner: 1386,
    name: 'Call me back',
    category: 'follow-up',
    content: 'Hi {{firstName}}, I tried to reach you. My direct line at {{practiceName}} is {{directLine}}.',
  },
  {
    place: 'harbor',
    owner: 1387,
    name: 'Gentle nudge',
    category: 'follow-up',
    content: 'Hi {{firstName}}, just checking in. No rush, but I would love to hear how you sleep.',
  },
  {
    place: 'brendan',
    owner: 3500,
    name: 'Covering today',
    category: 'general',
    content: 'Hi {{firstName}}, {{coordinatorName}} here, covering for your coordinator today.',
  },
  {
    place: 'puget',
    owner: 2401,
    name: 'Running late',
    category: 'appointments',
    content: 'Hi {{firstName}}, we run about {{minutes}} minutes late today. Sorry, and thank you for waiting.',
  },
]

/** Thirty templates: 24 shared, 6 private. */
export const templateTexts: readonly TemplateText[] = [...shared, ...personal]
