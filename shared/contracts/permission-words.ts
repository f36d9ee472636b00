/** The closed vocabularies that requests and rule packs share. Packs may add words of their own only for facts and holds. */
export const contactChannels = ['call', 'voicemail', 'sms', 'email', 'letter', 'visit'] as const;
export type ContactChannel = (typeof contactChannels)[number];

export const contactPurposes = [
  'reminder',
  'collection',
  'statutory_notice',
  'reply_to_debtor',
  'optout_confirmation',
  'consent_request',
] as const;
export type ContactPurpose = (typeof contactPurposes)[number];

export const parties = ['first_party', 'third_party'] as const;
export type Party = (typeof parties)[number];

export const automations = ['live', 'prerecorded', 'ai_voice', 'automated_text'] as const;
export type Automation = (typeof automations)[number];

export const zoneEvidences = ['address', 'number', 'stated'] as const;
export type ZoneEvidence = (typeof zoneEvidences)[number];

export const consentLevels = ['none', 'express', 'written', 'optout'] as const;
export type ConsentLevel = (typeof consentLevels)[number];

export const destinationKinds = ['mobile', 'landline', 'work', 'email', 'work_email'] as const;
export type DestinationKind = (typeof destinationKinds)[number];

export const contactOutcomes = [
  'no_answer',
  'busy',
  'voicemail',
  'answered',
  'conversation',
  'not_in_service',
  'delivered',
  'undelivered',
  'sent',
] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];

export const contentElements = [
  'optout_instruction',
  'creditor_identity',
  'mini_miranda',
  'amount_due',
  'reason_and_basis',
  'rights',
  'how_to_pay',
  'how_to_dispute',
  'complaint_channel',
  'ai_disclosure',
  'limited_content',
] as const;

export const countingClasses = [
  'call_placed',
  'unanswered_attempt',
  'effective_call',
  'conversation',
  'contact_made',
  'any_contact',
  'phone_or_sms',
  'electronic_msg',
  'call_or_visit',
] as const;
export type CountingClass = (typeof countingClasses)[number];

/** Events that a cap or cooldown leaves out of its count. */
export const countExclusions = ['not_in_service', 'consented', 'attorney_or_creditor'] as const;
export type CountExclusion = (typeof countExclusions)[number];

/** What lifts any rule that names it under `unless`. */
export const dispensations = ['outside_hours_consent', 'direct_consent'] as const;
export type Dispensation = (typeof dispensations)[number];

/** How binding a rule is. All four deny; a deployment may relax `should` and `house`. */
export const forces = ['must', 'presumption', 'should', 'house'] as const;
export type Force = (typeof forces)[number];

/** Evidence for a rule: read in primary text, in secondary text, from memory (high, medium, low), or our own default. */
export const evidenceTags = ['V1', 'V2', 'M+', 'M', 'M-', 'HOUSE'] as const;

export const ruleKinds = [
  'window',
  'cap',
  'cooldown',
  'prerequisite',
  'consent',
  'content',
  'recipient',
  'hold',
] as const;
export type RuleKind = (typeof ruleKinds)[number];
