/** Days from an overdue notice to the date to pay by, where a step names none. */
export const payWithinDaysDefault = 7;
