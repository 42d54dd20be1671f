const words: Readonly<Record<string, string>> = {
  'patients.list': 'Saw the patient in a list',
  'patients.search': 'Found the patient by a search',
  'patients.read': 'Opened the patient’s record',
  'patients.access_report': 'Made an access report like this one',
  'conversations.list': 'Saw the conversation in a list',
  'conversations.search': 'Found the conversation by a search',
  'conversations.read': 'Opened the conversation',
  'conversations.news': 'Was shown what is new in the conversation',
  'conversations.change': 'Changed something about the conversation',
  'conversations.check_duplicate': 'Looked whether there is a conversation with the number',
  'messages.read': 'Read messages',
  'messages.send': 'Sent a message',
  'media.read': 'Opened a picture of the conversation',
  'media.upload': 'Chose a picture for the conversation',
  'templates.render': 'Filled in a template with the patient’s data',
}

/** What somebody did, in words for the patient. What this version has no words for keeps its name: nothing is left out. */
export function accessWords(action: string): string {
  return words[action] ?? `Used the patient’s data in another way (${action})`
}
