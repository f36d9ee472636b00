import 'luxon';
