/* SPDX-License-Identifier: Apache-2.0 */
/* The example synth's voices, played again and again: PlayedVoices in Java. */
#include "voices.h"

namespace {

/* A channel's controllers, which nobody moves. */
struct Channel {
    Smoothed bend{0}, vibrato{0}, pressure{0}, gain{1};

    void tick(double portion, int frames)
    {
        bend.tick(portion, frames);
        vibrato.tick(portion, frames);
        pressure.tick(portion, frames);
        gain.tick(portion, frames);
    }
};

struct Sound {
    const double sample_rate = VOICE_SAMPLE_RATE;
    const int tick_frames = (int)std::max(1.0, std::floor(sample_rate / 1500 + 0.5));
    const double portion = 1 - std::exp(-1 / (0.006 * sample_rate / tick_frames));
    EnvelopeShape amplifier{sample_rate}, filter_envelope{sample_rate / tick_frames};
    FilterMix filter;
    Waveform wave1 = (Waveform)(int)VOICE_OSC1_WAVE, wave2 = (Waveform)(int)VOICE_OSC2_WAVE;
    Smoothed cutoff{10}, resonance{0}, filter_amount{0}, tracking{0}, mix{0}, width{0.5}, lfo_to_pitch{0}, lfo_to_filter{0};
    Smoothed delay_send{0}, feedback{0}, reverb_send{0}, volume{1}, interval{0}, amp_sustain{1}, filter_sustain{1};
    std::array<Smoothed *, 18> all{&filter.low, &filter.band, &filter.high, &cutoff, &resonance, &filter_amount, &tracking,
        &mix, &width, &lfo_to_pitch, &lfo_to_filter, &delay_send, &feedback, &reverb_send, &volume, &interval, &amp_sustain,
        &filter_sustain};
    double ratio = 1, lfo = 0, lfo_phase = 0;

    Sound()
    {
        interval.target = VOICE_OSC2_PITCH + VOICE_OSC2_DETUNE / 100.0;
        mix.target = VOICE_OSC_MIX / 100.0;
        width.target = VOICE_PULSE_WIDTH / 100.0;
        filter.type((int)VOICE_FILTER_TYPE);
        cutoff.target = std::log((double)VOICE_FILTER_CUTOFF) / std::log(2.0);
        resonance.target = VOICE_FILTER_RESONANCE / 100.0;
        filter_amount.target = VOICE_FILTER_ENVELOPE;
        tracking.target = VOICE_FILTER_TRACKING / 100.0;
        const double attack = VOICE_AMP_ATTACK / 1000.0, release = VOICE_AMP_RELEASE / 1000.0;
        amplifier.times(attack, VOICE_AMP_DECAY / 1000.0, release);
        filter_envelope.times(attack, VOICE_FILTER_DECAY / 1000.0, release);
        amp_sustain.target = VOICE_AMP_SUSTAIN / 100.0;
        filter_sustain.target = VOICE_FILTER_SUSTAIN / 100.0;
        lfo_to_pitch.target = VOICE_LFO_PITCH / 100.0;
        lfo_to_filter.target = VOICE_LFO_FILTER;
        begin();
    }

    void begin()
    {
        for (Smoothed *control : all)
            control->jump();
        lfo_phase = 0;
        derive();
    }

    void tick()
    {
        for (Smoothed *control : all)
            control->tick(portion, tick_frames);
        lfo_phase += VOICE_LFO_RATE * tick_frames / sample_rate;
        lfo_phase -= std::floor(lfo_phase);
        derive();
    }

    void derive()
    {
        filter.resonance(resonance.value());
        ratio = curves::exp2(interval.value() / 12);
        amplifier.sustain = amp_sustain.value();
        filter_envelope.sustain = filter_sustain.value();
        lfo = wavetables.sine(lfo_phase);
    }
};

class Voice {
public:
    void start(int channel, int key, double velocity)
    {
        channel_ = channel;
        key_ = key;
        velocity_ = velocity;
        pressure_ = 0;
        if (amplifier_.stage() == Envelope::FREE) {
            oscillator1_.restart();
            oscillator2_.restart();
            filter_.clear();
            filter_envelope_.stop();
            peak_ = 0;
            fresh_ = true;
        }
        amplifier_.attack();
        filter_envelope_.attack();
        const double place = 0.4 * std::max(-1.0, std::min(1.0, (key - 60) / 48.0));
        left_ = std::sqrt((1 - place) / 2);
        right_ = std::sqrt((1 + place) / 2);
    }

    void release()
    {
        amplifier_.release();
        filter_envelope_.release();
    }

    void stop() { amplifier_.stop(); }
    [[nodiscard]] bool free() const { return amplifier_.stage() == Envelope::FREE; }
    [[nodiscard]] int channel() const { return channel_; }

    void tick(const Sound &sound, const Channel &controllers)
    {
        control(sound, controllers, fresh_ ? 0 : sound.tick_frames);
        fresh_ = false;
    }

    void render(const Sound &sound, double *sum_left, double *sum_right, int n, int position, double *buffer, double *levels)
    {
        const int sounding = amplifier_.render(levels, n, sound.amplifier);
        for (int i = 0; i < sounding; i++)
            buffer[i] = 0;
        const Ramp &mix = sound.mix.ramp;
        oscillator1_.add(sound.wave1, buffer, sounding, position, 1 - mix.start, -mix.step, sound.width.ramp);
        oscillator2_.add(sound.wave2, buffer, sounding, position, mix.start, mix.step, sound.width.ramp);
        filter_.render(buffer, sounding, position, sound.filter);
        double highest = peak_;
        for (int i = 0; i < sounding; i++) {
            const double y = buffer[i] * levels[i] * (gain_.start + gain_.step * (position + i));
            sum_left[i] += y * left_;
            sum_right[i] += y * right_;
            highest = std::max(highest, std::fabs(y));
        }
        peak_ = highest;
    }

private:
    void control(const Sound &sound, const Channel &controllers, int frames)
    {
        const double pitch = key_ + controllers.bend.value() * VOICE_BEND_RANGE
            + sound.lfo * (sound.lfo_to_pitch.value() + controllers.vibrato.value());
        const double frequency = curves::exp2((pitch - 69) / 12) * 440 / sound.sample_rate;
        oscillator1_.tick(frequency, frames);
        oscillator2_.tick(frequency * sound.ratio, frames);
        const double octave = sound.cutoff.value() + sound.filter_amount.value() * filter_envelope_.next(sound.filter_envelope)
            + sound.tracking.value() * (pitch - 60) / 12 + sound.lfo_to_filter.value() * sound.lfo
            + 1.5 * std::max(pressure_, controllers.pressure.value());
        filter_.tick(curves::exp2(octave), sound.sample_rate, frames);
        const double touch = 1 - VOICE_VELOCITY / 100.0 * (1 - velocity_);
        const double level = 0.32 * std::max(1e-3, touch * touch) * controllers.gain.value() * sound.filter.gain;
        if (frames == 0)
            gain_.jump(level);
        else
            gain_.to(level, frames);
    }

    Oscillator oscillator1_, oscillator2_;
    StateVariableFilter filter_;
    Envelope amplifier_, filter_envelope_;
    Ramp gain_;
    int channel_ = 0, key_ = 0;
    double velocity_ = 0, pressure_ = 0, left_ = 0, right_ = 0, peak_ = 0;
    bool fresh_ = false;
};

class PlayedVoices {
public:
    explicit PlayedVoices(size_t count)
        : voices_(count), left_((size_t)sound_.tick_frames), right_(left_), buffer_(left_), levels_(left_)
    {
    }

    [[nodiscard]] int frames() const { return VOICE_TICKS * sound_.tick_frames; }

    double play()
    {
        begin();
        double sum = 0;
        for (int tick = 0; tick < VOICE_TICKS; tick++) {
            if (tick == VOICE_TICKS / 2)
                for (size_t i = 0; i < voices_.size(); i += 2)
                    voices_[i].release();
            begin_tick();
            for (Voice &voice : voices_)
                if (!voice.free())
                    voice.render(sound_, left_.data(), right_.data(), sound_.tick_frames, 0, buffer_.data(), levels_.data());
            for (size_t i = 0; i < left_.size(); i++)
                sum += left_[i] * left_[i] + right_[i] * right_[i];
        }
        return sum;
    }

private:
    void begin()
    {
        sound_.begin();
        for (size_t i = 0; i < voices_.size(); i++) {
            voices_[i].stop();
            voices_[i].start((int)(i % channels_.size()), 36 + (int)(i * 7 % 60), 0.8);
        }
    }

    void begin_tick()
    {
        sound_.tick();
        for (Channel &channel : channels_)
            channel.tick(sound_.portion, sound_.tick_frames);
        for (Voice &voice : voices_)
            if (!voice.free())
                voice.tick(sound_, channels_[(size_t)voice.channel()]);
        std::fill(left_.begin(), left_.end(), 0.0);
        std::fill(right_.begin(), right_.end(), 0.0);
    }

    Sound sound_;
    std::array<Channel, 8> channels_;
    std::vector<Voice> voices_;
    std::vector<double> left_, right_, buffer_, levels_;
};

}  // namespace

/* WHAT is how many voices; behind the processors comes what Java's voices add up to. */
int main(int count, char **words)
{
    const bench_arguments arguments = bench_parse(count, words);
    if (count != 7)
        bench_fail("usage: %s VOICES WARM_MS MEASURE_MS PROCESSOR PROCESSOR SUM", words[0]);
    const double expected = strtod(words[6], nullptr);
    bench_pin(arguments.first);
    const auto voices = std::make_unique<PlayedVoices>((size_t)atoi(words[1]));
    bench_receipt receipt;
    memset(&receipt, 0, sizeof receipt);
    int64_t before = 0, start = 0, end = 0;
    const int64_t begin = bench_nanos();
    double sum = 0;
    do {
        sum = voices->play();
        /* Sines and sums are rounded otherwise. */
        receipt.faults += !(std::fabs(sum / expected - 1) < 1e-5);
        receipt.sent++;
        end = bench_nanos();
        if (start == 0 && end - begin >= arguments.warm) {
            start = end;
            before = receipt.sent;
        }
    } while (start == 0 || end - start < arguments.measure || receipt.sent == before);
    receipt.value = (double)(end - start) / (double)(receipt.sent - before) / atoi(words[1]) / voices->frames();
    receipt.received = receipt.sent;
    receipt.sum = receipt.refused = -1;
    receipt.producers = 1;
    snprintf(receipt.details, sizeof receipt.details, "\"deviation\":%.3g", std::fabs(sum / expected - 1));
    bench_print(&receipt);
    return 0;
}
