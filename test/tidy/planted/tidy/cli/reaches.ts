export const telephone = '+14155552671 is not kept for fiction, +14155550199 is';
export const address = 'someone@gmail.com, someone@example.com';
