// TODO(#12): permitted
// TODO: no number
// FIXME soon
export const anything = true;
