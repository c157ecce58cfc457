namespace Kafka.Stock.Calendars;

/// <summary>Holidays and half days of NYSE and Nasdaq that follow a rule, for 1998 on. Days without a rule are in the data file.</summary>
/// <remarks>NYSE Rule 7.2 (before: 51) and the history of NYSE's holidays; Nasdaq has kept the same days throughout.</remarks>
static class UsEquitiesRules
{
    const int FirstJuneteenth = 2022;
    const int FirstWednesdayHalfDayBeforeIndependenceDay = 2013;

    /// <summary>True for a weekday on which the exchanges are closed by rule.</summary>
    public static bool IsHoliday(DateOnly day)
    {
        var year = day.Year;
        return day.Month switch
        {
            1 => day == MondayIfSunday(new DateOnly(year, 1, 1)) || day == UsEasternTime.NthWeekday(year, 1, DayOfWeek.Monday, 3),
            2 => day == UsEasternTime.NthWeekday(year, 2, DayOfWeek.Monday, 3),
            3 or 4 => day == EasterSunday(year).AddDays(-2),
            5 => day == UsEasternTime.LastWeekday(year, 5, DayOfWeek.Monday),
            6 => year >= FirstJuneteenth && day == NearestWeekday(new DateOnly(year, 6, 19)),
            7 => day == NearestWeekday(new DateOnly(year, 7, 4)),
            9 => day == UsEasternTime.NthWeekday(year, 9, DayOfWeek.Monday, 1),
            11 => day == Thanksgiving(year),
            12 => day == NearestWeekday(new DateOnly(year, 12, 25)),
            _ => false,
        };
    }

    /// <summary>True for a trading day that ends at 13:00 New York by rule.</summary>
    public static bool IsHalfDay(DateOnly day) => day.Month switch
    {
        7 => IsHalfDayBesideIndependenceDay(day),
        11 => day == Thanksgiving(day.Year).AddDays(1),
        // A Christmas Eve on Friday is the holiday itself, because Christmas is on Saturday then.
        12 => day.Day == 24 && day.DayOfWeek is >= DayOfWeek.Monday and <= DayOfWeek.Thursday,
        _ => false,
    };

    /// <summary>Until 2012 a Thursday holiday made the Friday after it short (2002); since 2013 it is the Wednesday before.</summary>
    static bool IsHalfDayBesideIndependenceDay(DateOnly day) => (day.Day, day.DayOfWeek) switch
    {
        (3, DayOfWeek.Monday or DayOfWeek.Tuesday or DayOfWeek.Thursday) => true,
        (3, DayOfWeek.Wednesday) => day.Year >= FirstWednesdayHalfDayBeforeIndependenceDay,
        (5, DayOfWeek.Friday) => day.Year < FirstWednesdayHalfDayBeforeIndependenceDay,
        _ => false,
    };

    static DateOnly Thanksgiving(int year) => UsEasternTime.NthWeekday(year, 11, DayOfWeek.Thursday, 4);

    /// <summary>New Year's Day on a Saturday is not kept: the Friday before ends the year's books.</summary>
    static DateOnly MondayIfSunday(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day;

    static DateOnly NearestWeekday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    /// <summary>Gregorian Easter; Meeus, Astronomical Algorithms, chapter 8.</summary>
    internal static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, yearOfCentury) = Math.DivRem(year, 100);
        var moonCorrection = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - (century / 4) - moonCorrection + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (yearOfCentury / 4)) - epact - (yearOfCentury % 4)) % 7;
        var lateMoon = (golden + (11 * epact) + (22 * weekday)) / 451;
        var (month, day) = Math.DivRem(epact + weekday - (7 * lateMoon) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
