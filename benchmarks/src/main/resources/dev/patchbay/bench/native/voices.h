/* SPDX-License-Identifier: Apache-2.0 */
/* The example synth's voice in C++: each class is that of the same name in Java, step by step. What Java derives from the parameters comes
   with voice_settings.h. */
#ifndef VOICES_H
#define VOICES_H
#include "bench.h"
#include "voice_settings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

enum class Waveform { SAW, PULSE, TRIANGLE, SINE };

namespace curves {

inline double exp2(double x)
{
    const double clamped = std::max(-1000.0, std::min(1000.0, x));
    const double whole = std::floor(clamped + 0.5);
    const double y = (clamped - whole) * 0.6931471805599453;
    double sum = 1 + y / 9;
    sum = 1 + y / 8 * sum;
    sum = 1 + y / 7 * sum;
    sum = 1 + y / 6 * sum;
    sum = 1 + y / 5 * sum;
    sum = 1 + y / 4 * sum;
    sum = 1 + y / 3 * sum;
    sum = 1 + y / 2 * sum;
    sum = 1 + y * sum;
    const uint64_t bits = (uint64_t)((int64_t)whole + 1023) << 52;
    double power;
    std::memcpy(&power, &bits, sizeof power);
    return sum * power;
}

inline double small_tan(double x)
{
    const double x2 = x * x;
    return x * (10395 + x2 * (-1260 + x2 * 21)) / (10395 + x2 * (-4725 + x2 * (210 - x2)));
}

inline double tan_pi(double x)
{
    return x <= 0.25 ? small_tan(M_PI * x) : 1 / small_tan(M_PI * (0.5 - x));
}

}  // namespace curves

/* A double as a long, as Java has it: what is too large becomes the largest. */
inline int64_t saturated(double value)
{
    return value >= 0x1p63 ? INT64_MAX : value <= -0x1p63 ? INT64_MIN : (int64_t)value;
}

struct Ramp {
    double start = 0, step = 0, end = 0;

    void to(double value, int frames)
    {
        start = end;
        step = (value - end) / frames;
        end = value;
    }

    void jump(double value)
    {
        start = value;
        step = 0;
        end = value;
    }
};

struct Smoothed {
    Ramp ramp;
    double target;

    explicit Smoothed(double initial) : target(initial) { ramp.jump(initial); }
    void jump() { ramp.jump(target); }

    void tick(double portion, int frames)
    {
        const double distance = target - ramp.end;
        ramp.to(std::fabs(distance) < 1e-7 ? target : ramp.end + portion * distance, frames);
    }

    [[nodiscard]] double value() const { return ramp.end; }
};

class Wavetables {
public:
    static constexpr int BITS = 13;

    [[nodiscard]] const float *table(Waveform waveform, int64_t step) const
    {
        if (waveform == Waveform::SINE)
            return sine_.data();
        const int64_t harmonics = std::max<int64_t>(1, std::min<int64_t>(MOST, INT64_MAX / std::max<int64_t>(1, step)));
        const auto level = (size_t)level_of_[(size_t)harmonics];
        return (waveform == Waveform::TRIANGLE ? triangles_ : saws_)[level].data();
    }

    [[nodiscard]] double sine(double turns) const
    {
        const double index = (turns - std::floor(turns)) * SIZE;
        const int i = (int)index;
        return sine_[(size_t)i] + (index - i) * (sine_[(size_t)std::min(SIZE, i + 1)] - sine_[(size_t)i]);
    }

private:
    static constexpr int SIZE = 1 << BITS;
    static constexpr int MOST = 1024;

public:
    Wavetables() : sine_(SIZE + 1)
    {
        for (int i = 0; i <= SIZE; i++)
            sine_[(size_t)i] = (float)std::sin(2 * M_PI * (i % SIZE) / SIZE);
        int levels = 0;
        double next = 1;
        for (int harmonics = 1; harmonics <= MOST; harmonics++) {
            if (harmonics >= next) {
                levels++;
                next = harmonics < 8 ? harmonics + 1 : harmonics * std::sqrt(std::sqrt(2.0));
            }
            level_of_[(size_t)harmonics] = levels - 1;
        }
        saws_ = tables(levels, 2 / M_PI, false);
        triangles_ = tables(levels, 8 / (M_PI * M_PI), true);
    }

private:

    [[nodiscard]] std::vector<std::vector<float>> tables(int levels, double amplitude, bool triangle) const
    {
        std::vector<std::vector<float>> tables((size_t)levels);
        std::vector<double> sum(SIZE), sine(SIZE);
        for (int i = 0; i < SIZE; i++)
            sine[(size_t)i] = std::sin(2 * M_PI * i / SIZE);
        for (int harmonic = 1; harmonic <= MOST; harmonic++) {
            const double sign = harmonic % 4 == 3 ? -1 : 1;
            const double weight = triangle ? sign * (harmonic % 2) / ((double)harmonic * harmonic) : 1.0 / harmonic;
            for (int i = 0; i < SIZE && weight != 0; i++)
                sum[(size_t)i] += amplitude * weight * sine[(size_t)(i * harmonic % SIZE)];
            std::vector<float> &table = tables[(size_t)level_of_[(size_t)harmonic]];
            if (table.empty()) {
                table.resize(SIZE + 1);
                for (int i = 0; i <= SIZE; i++)
                    table[(size_t)i] = (float)sum[(size_t)(i % SIZE)];
            }
        }
        return tables;
    }

    std::vector<float> sine_;
    std::array<int, MOST + 1> level_of_{};
    std::vector<std::vector<float>> saws_, triangles_;
};

/* Built when the program starts: no voice asks whether it is there. */
inline const Wavetables wavetables;

class Oscillator {
public:
    void restart() { phase_ = UINT64_C(1) << 59; }

    void tick(double frequency, int frames)
    {
        const auto target = (int64_t)(std::min(0.49, frequency) * TURN);
        step_ = frames == 0 ? target : step_at_end_;
        step_change_ = frames == 0 ? 0 : (target - step_) / frames;
        step_at_end_ = target;
        highest_ = std::max(step_, target);
    }

    void add(Waveform waveform, double *buffer, int n, int position, double level, double level_step, const Ramp &width)
    {
        const float *table = wavetables.table(waveform, highest_);
        if (waveform == Waveform::PULSE)
            add_pulse(table, buffer, n, position, level, level_step, width);
        else
            add_table(table, buffer, n, position, level, level_step);
    }

private:
    static constexpr double TURN = 0x1p64;
    static constexpr int INDEX_SHIFT = 64 - Wavetables::BITS;
    static constexpr int FRACTION_SHIFT = INDEX_SHIFT - 24;

    static float look_up(const float *table, uint64_t phase)
    {
        const auto index = (uint32_t)(phase >> INDEX_SHIFT);
        const float fraction = (float)((int32_t)(phase >> FRACTION_SHIFT) & ((1 << 24) - 1)) * 0x1p-24f;
        const float left = table[index];
        return left + fraction * (table[index + 1] - left);
    }

    void add_table(const float *table, double *buffer, int n, int position, double level, double level_step)
    {
        uint64_t p = phase_, s = (uint64_t)step_;
        for (int i = 0; i < n; i++) {
            buffer[i] += (level + level_step * (position + i)) * (double)look_up(table, p);
            p += s;
            s += (uint64_t)step_change_;
        }
        phase_ = p;
        step_ = (int64_t)s;
    }

    void add_pulse(
        const float *table, double *buffer, int n, int position, double level, double level_step, const Ramp &width)
    {
        const auto width_start = (uint64_t)saturated(width.start * TURN);
        const auto width_step = (uint64_t)saturated(width.step * TURN);
        uint64_t p = phase_, s = (uint64_t)step_;
        for (int i = 0; i < n; i++) {
            const uint64_t fall = p - (width_start + width_step * (uint64_t)(position + i));
            const double pulse = 0.7 * (double)(look_up(table, p) - look_up(table, fall));
            buffer[i] += (level + level_step * (position + i)) * pulse;
            p += s;
            s += (uint64_t)step_change_;
        }
        phase_ = p;
        step_ = (int64_t)s;
    }

    uint64_t phase_ = 0;
    int64_t step_ = 0, step_change_ = 0, step_at_end_ = 0, highest_ = 0;
};

struct EnvelopeShape {
    double attack = 1, decay = 0, release = 0, fade, sustain = 1, steps_per_second;

    explicit EnvelopeShape(double steps) : fade(std::min(1.0, 1 / (0.003 * steps))), steps_per_second(steps) {}

    void times(double attack_time, double decay_time, double release_time)
    {
        attack = std::min(1.0, 1 / (attack_time * steps_per_second));
        decay = std::exp(-std::log(1000.0) / (decay_time * steps_per_second));
        release = std::exp(-std::log(1000.0) / (release_time * steps_per_second));
    }
};

class Envelope {
public:
    enum Stage { FREE, ATTACK, DECAY, RELEASE, FADE };

    void attack() { stage_ = ATTACK; }
    void release()
    {
        if (stage_ == ATTACK || stage_ == DECAY)
            stage_ = RELEASE;
    }
    void stop()
    {
        stage_ = FREE;
        level_ = 0;
    }
    [[nodiscard]] Stage stage() const { return stage_; }

    double next(const EnvelopeShape &shape)
    {
        double one;
        return render(&one, 1, shape) == 1 ? one : 0;
    }

    int render(double *buffer, int n, const EnvelopeShape &shape)
    {
        int i = 0;
        while (i < n && stage_ != FREE) {
            switch (stage_) {
            case ATTACK: i = attack(buffer, i, n, shape.attack); break;
            case DECAY: i = decay(buffer, i, n, shape.decay, shape.sustain); break;
            case RELEASE: i = decay(buffer, i, n, shape.release, 0); break;
            default: i = fade(buffer, i, n, shape.fade); break;
            }
        }
        return i;
    }

private:
    int attack(double *buffer, int from, int n, double slope)
    {
        double v = level_;
        int i = from;
        while (i < n && v < 1) {
            v = std::min(1.0, v + slope);
            buffer[i++] = v;
        }
        level_ = v;
        if (v >= 1)
            stage_ = DECAY;
        return i;
    }

    int decay(double *buffer, int from, int n, double keep, double target)
    {
        const double gain = target * (1 - keep);
        double v = level_;
        int i = from;
        while (i < n && v >= SILENCE) {
            v = v * keep + gain;
            buffer[i++] = v;
        }
        level_ = v;
        if (v < SILENCE)
            stop();
        return i;
    }

    int fade(double *buffer, int from, int n, double slope)
    {
        double v = level_;
        int i = from;
        while (i < n && v > 0) {
            v = std::max(0.0, v - slope);
            buffer[i++] = v;
        }
        level_ = v;
        if (v <= 0)
            stop();
        return i;
    }

    static constexpr double SILENCE = 1e-5;
    Stage stage_ = FREE;
    double level_ = 0;
};

struct FilterMix {
    Smoothed low{1}, band{0}, high{0};
    double damping = std::sqrt(2.0), gain = 1;

    void type(int chosen)
    {
        low.target = chosen == 0;
        band.target = chosen == 1;
        high.target = chosen == 2;
    }

    void resonance(double amount)
    {
        const double range = std::log(20 * std::sqrt(2.0)) / std::log(2.0);
        damping = std::sqrt(2.0) * curves::exp2(-range * amount);
        gain = curves::exp2(-0.4 * range * amount);
    }
};

class StateVariableFilter {
public:
    void clear() { current1_ = current2_ = 0; }

    void tick(double cutoff, double sample_rate, int frames)
    {
        const double g = curves::tan_pi(std::min(0.49, std::max(5.0, cutoff) / sample_rate));
        if (frames == 0)
            tuning_.jump(g);
        else
            tuning_.to(g, frames);
    }

    void render(double *buffer, int n, int position, const FilterMix &mix)
    {
        const double g_start = tuning_.start, g_step = tuning_.step, k = mix.damping;
        const double mix0 = mix.high.value(), mix1 = k * (mix.band.value() - mix0), mix2 = mix.low.value() - mix0;
        double ic1 = current1_, ic2 = current2_;
        for (int i = 0; i < n; i++) {
            const double g = g_start + g_step * (position + i);
            const double a1 = 1 / (1 + g * (g + k)), a2 = g * a1, a3 = g * a2;
            const double v0 = buffer[i], v3 = v0 - ic2;
            const double v1 = a1 * ic1 + a2 * v3, v2 = ic2 + a2 * ic1 + a3 * v3;
            ic1 = 2 * v1 - ic1;
            ic2 = 2 * v2 - ic2;
            buffer[i] = mix0 * v0 + mix1 * v1 + mix2 * v2;
        }
        current1_ = ic1;
        current2_ = ic2;
    }

private:
    Ramp tuning_;
    double current1_ = 0, current2_ = 0;
};
#endif
