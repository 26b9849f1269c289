### Datumsangaben

month-name =
    { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
       *[12] Dezember
    }
date-day = { $day }. { $month_name } { $year }
date-month = { $month_name } { $year }
